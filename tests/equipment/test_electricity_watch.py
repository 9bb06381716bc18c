"""An electricity meter between messages: when it is woken, and what it tells."""

import pytest

from emulator.equipment.controller_watch import PressBoost
from emulator.equipment.electricity_watch import (
    ElectricityWatch,
    HoldMagnet,
    KeptElectricityMeter,
    OpenMeterCover,
    OpenTerminalCover,
    PressSupplyButton,
)
from emulator.equipment.meter_machine import TakeLoad
from emulator.gbcs_device.primitives import (
    AlertRequest,
    ClockSet,
    HubTimeCompared,
    MeterSet,
    SupplierReplaced,
)
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import START, Calendar, Instant, minutes
from emulator.metering.auxiliary_controllers import FULL, Direction, Port
from emulator.metering.date_patterns import DatePattern, DatePatterns
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.event_codes import MeterEvent
from emulator.metering.prepayment.terms import SupplyState
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import StepFunction

LOAD = TakeLoad(Channel.ACTIVE_IMPORT, StepFunction([(0, 1_000_000)]))


def told(event: MeterEvent) -> tuple[AlertRequest, ...]:
    return (AlertRequest(event.code),)


def parts(drift: int = 0, *, locks: bool = False) -> tuple[ElectricityMeter, ElectricityWatch]:
    meter = ElectricityMeter(DriftingClock(Calendar(), drift), (Channel.ACTIVE_IMPORT,))
    return meter, ElectricityWatch(meter, told, lambda: locks, START)


def test_meter_without_anything_to_tell_sleeps_also_while_it_measures() -> None:
    meter, watch = parts()
    assert list(watch.wake(START)) == []
    assert watch.deadline is None

    assert list(watch.handle(LOAD, START)) == []

    assert watch.deadline is None
    meter.advance(Instant(HOUR))
    assert meter.look(0).imported == 1_000


def test_meter_is_woken_when_its_billing_period_ends() -> None:
    meter, watch = parts()
    meter.concerns["periods"] = lambda: meter.set_periods(
        DatePatterns([DatePattern(HOUR)]), DatePatterns(), START
    )
    meter.outdate()
    watch.handle(MeterSet(), START)
    assert watch.deadline == HOUR

    assert list(watch.wake(Instant(HOUR - 1))) == []
    assert list(watch.wake(Instant(HOUR))) == [AlertRequest(0x8F0A)]
    assert watch.deadline == 25 * HOUR


def test_button_switches_an_armed_supply_on() -> None:
    meter, watch = parts()
    meter.command(SupplyState.ARMED, START)

    assert list(watch.handle(PressSupplyButton(), START)) == [AlertRequest(0x8F32)]

    assert meter.supply is SupplyState.ENABLED


def test_cover_that_is_opened_is_told_and_locks_the_supply_where_it_shall() -> None:
    # GBCS ECS81
    meter, watch = parts(locks=True)
    assert list(watch.handle(OpenTerminalCover(), START)) == [
        AlertRequest(0x8F76),
        AlertRequest(0x81BE),
    ]
    assert meter.supply is SupplyState.DISABLED

    meter, watch = parts()
    alerts = [
        *watch.handle(OpenTerminalCover(), START),
        *watch.handle(OpenTerminalCover(opened=False), START),
    ]
    assert alerts == [AlertRequest(0x8F76), AlertRequest(0x81C1)]
    assert meter.supply is SupplyState.ENABLED


@pytest.mark.parametrize(
    ("tampering", "begins", "ends"),
    [(OpenMeterCover, 0x8F74, 0x81B9), (HoldMagnet, 0x8F75, 0x81BC)],
)
def test_other_tampering_is_told_and_locks_the_supply_where_that_is_set(
    tampering: type[OpenMeterCover | HoldMagnet], begins: int, ends: int
) -> None:
    meter, watch = parts()
    alerts = [*watch.handle(tampering(), START), *watch.handle(tampering(opened=False), START)]
    assert [each.code for each in alerts] == [begins, ends]
    assert meter.supply is SupplyState.ENABLED

    locked, watch = parts(locks=True)
    watch.handle(tampering(), START)
    assert locked.supply is SupplyState.DISABLED


def test_clock_that_drifts_is_set_and_tells_so() -> None:
    # GBCS 9.1.3, ECS70: 8145 adjusted, 81C6 outside tolerance
    meter, watch = parts(drift=1_000_000)
    now = Instant(HOUR)
    assert list(watch.handle(ClockSet(accepted=False), now)) == [AlertRequest(0x81C6)]
    assert meter.meter.clock.error(now) == HOUR // 1_000

    assert list(watch.handle(ClockSet(accepted=True), now)) == [AlertRequest(0x8145)]

    assert meter.meter.clock.error(now) == 0
    assert list(watch.handle(ClockSet(accepted=True), now)) == []


def test_clock_follows_the_hub_by_itself_or_tells_that_it_is_too_far_away() -> None:
    # GBCS 9.1 and 16.2
    meter, watch = parts(drift=1_000_000)
    now = Instant(HOUR)
    refused = HubTimeCompared(-HOUR // 1_000, accepted=False)
    assert list(watch.handle(refused, now)) == [AlertRequest(0x8F0C)]
    assert meter.meter.clock.error(now) == HOUR // 1_000

    done = HubTimeCompared(-HOUR // 1_000, accepted=True)
    assert list(watch.handle(done, now)) == []

    assert meter.meter.clock.error(now) == 0


def test_outage_is_told_when_the_power_is_back() -> None:
    # GBCS ECS80: 8F36 from three minutes on, with both times
    for length, code in ((minutes(3), 0x8F36), (minutes(2), 0x8F35)):
        scheduler = Scheduler()
        meter, _ = parts()
        kept = KeptElectricityMeter(meter, scheduler)
        state = kept.snapshot()
        begun = meter.own(START)
        scheduler.run(until=Instant(length))

        kept.restore(state)

        assert list(meter.events) == [MeterEvent(begun + length, code, begun)]


def test_restart_without_an_outage_tells_nothing() -> None:
    meter, _ = parts()
    kept = KeptElectricityMeter(meter, Scheduler())
    kept.restore(kept.snapshot())

    assert not meter.events


def test_load_of_what_is_not_measured_changes_nothing() -> None:
    meter, watch = parts()

    assert list(watch.handle(TakeLoad(Channel.GAS, LOAD.demand), START)) == []
    assert meter.look(0).imported == 0


def test_registers_are_written_down_for_the_supplier_that_leaves() -> None:
    meter, watch = parts()
    watch.handle(LOAD, START)

    watch.handle(SupplierReplaced(top_up_floor=7), Instant(3 * HOUR))
    meter.advance(Instant(5 * HOUR))

    (read,) = meter.changes
    assert (read.own - meter.own(START), read.imported) == (3 * HOUR, 3_000)
    assert meter.account.tokens.floor == 7


def test_somebody_boosts_what_the_meter_controls() -> None:
    meter, watch = parts()
    output = Port(Direction.OUTPUT, 1)
    meter.auxiliary.boostable = frozenset((output,))

    watch.handle(PressBoost(60), START)

    assert watch.deadline == HOUR
    assert meter.auxiliary.level(output, meter.own(START)) == FULL
