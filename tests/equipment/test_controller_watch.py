import pytest

from emulator.equipment.controller_watch import (
    ControllerWatch,
    KeptController,
    PressBoost,
    press_boost,
)
from emulator.gbcs_device.primitives import AlertRequest, ClockSet, HubTimeCompared, MeterSet
from emulator.kernel.errors import UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import START, Calendar, Instant
from emulator.metering.auxiliary_controllers import FULL, Direction, Held, Port
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.event_codes import EventCode, MeterEvent
from emulator.metering.load_controller import LoadController
from emulator.metering.quantities import HOUR

OUTPUT = Port(Direction.OUTPUT, 1)


def told(event: MeterEvent) -> tuple[AlertRequest, ...]:
    return (AlertRequest(event.code),)


def parts(drift: int = 0) -> tuple[LoadController, ControllerWatch]:
    controller = LoadController(DriftingClock(Calendar(), drift))
    controller.auxiliary.boostable = frozenset((OUTPUT,))
    return controller, ControllerWatch(controller, told, START)


def test_controller_that_was_asked_nothing_sleeps() -> None:
    _, watch = parts()

    assert list(watch.wake(START)) == []
    assert watch.deadline is None
    assert list(watch.wake(Instant(HOUR))) == []


def test_it_is_woken_where_a_limit_begins_and_tells_it() -> None:
    controller, watch = parts()
    own = controller.own(START)
    controller.auxiliary.limit(OUTPUT, Held(50, own + HOUR, own + 2 * HOUR))

    assert list(watch.handle(MeterSet(), START)) == []
    assert watch.deadline == HOUR

    assert list(watch.wake(Instant(HOUR))) == [AlertRequest(EventCode.APC_LEVEL_LIMITED)]
    assert watch.deadline == 2 * HOUR


def test_boost_holds_for_its_minutes_or_until_somebody_ends_it() -> None:
    controller, watch = parts()
    own = controller.own(START)
    watch.handle(PressBoost(30), START)

    assert controller.auxiliary.level(OUTPUT, own) == FULL
    assert watch.deadline == HOUR // 2
    watch.handle(PressBoost(0), Instant(HOUR // 4))

    assert controller.auxiliary.level(OUTPUT, own + HOUR // 4) == 0
    assert [each.end - each.start for each in controller.auxiliary.boosts] == [HOUR // 4]


def test_boost_for_less_than_no_time_is_refused() -> None:
    with pytest.raises(UsageError, match="negative"):
        PressBoost(-1)


def test_nothing_to_boost_is_nothing_done() -> None:
    controller, _ = parts()
    controller.auxiliary.boostable = frozenset()

    press_boost(controller.auxiliary, PressBoost(5), controller.own(START))

    assert controller.auxiliary.boost is None


def test_clock_that_is_set_or_cannot_be_is_told() -> None:
    _, watch = parts(drift=1_000_000)

    adjusted = list(watch.handle(ClockSet(True), Instant(HOUR)))
    refused = list(watch.handle(ClockSet(False), Instant(HOUR)))

    assert adjusted == [AlertRequest(EventCode.CLOCK_ADJUSTED)]
    assert refused == [AlertRequest(EventCode.CLOCK_OUTSIDE_TOLERANCE)]


def test_clock_that_it_compares_by_itself_is_moved_or_told_of() -> None:
    controller, watch = parts()
    hour = Instant(HOUR)

    silent = list(watch.handle(HubTimeCompared(-2_000_000, accepted=True), hour))
    refused = list(watch.handle(HubTimeCompared(60_000_000, accepted=False), hour))

    assert silent == []
    assert refused == [AlertRequest(EventCode.CLOCK_NOT_ADJUSTED)]
    assert controller.clock.error(hour) == -2_000_000


def test_state_is_kept_without_power() -> None:
    controller, _ = parts()
    controller.auxiliary.command(OUTPUT, Held(40))
    again, _ = parts()

    KeptController(again, Scheduler()).restore(KeptController(controller, Scheduler()).snapshot())

    assert again.auxiliary.level(OUTPUT, again.own(START)) == 40
