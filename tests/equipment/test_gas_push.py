"""What a gas meter wrote down goes to its mirror at the next wake, once (GBCS 10.4.2)."""

from datetime import UTC, datetime
from itertools import count

from emulator.equipment.gas_push import (
    PUBLISH_DEBT_LOG,
    PUBLISH_EVENT,
    PUBLISH_PREPAY_SNAPSHOT,
    PUBLISH_SNAPSHOT,
    PUBLISH_TOP_UP_LOG,
    GasPush,
)
from emulator.gbcs_device.gas_meter.settings import GasMeterSettings
from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.gbcs_device.primitives import AlertRequest
from emulator.kernel.units import START, Instant
from emulator.metering.quantities import DAY
from emulator.smart_energy.mirror.primitives import MirrorFlagsIndication
from emulator.testing.scenes.gbz_scene import filled
from emulator.zcl.payloads.prepayment import ChangeDebt, SetOverallDebtCap
from emulator.zcl.primitives import Side, ZclCommandRequest
from emulator.zigbee.addresses import Endpoint
from tests.gbcs_device.gas_meter.scene import POUND, PREPAYMENT, GasMeter, prepaid_meter

METERING, EVENTS = 0x0702, 0x0709
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
LISTENS = MirrorFlagsIndication((0,) * 5, Endpoint(2))


def pushed(push: GasPush, event: MirrorFlagsIndication = LISTENS) -> list[tuple[int, int]]:
    sent = push.handle(event, START)
    assert all(isinstance(each, ZclCommandRequest) for each in sent)
    assert all(each.to_side is Side.CLIENT for each in sent)
    return [(int(each.cluster), each.command) for each in sent]


def pushing(meter: GasMeter) -> GasPush:
    return GasPush(meter.executor, Endpoint(1), count())


def test_daily_reads_are_pushed_once() -> None:
    meter = GasMeter()
    push = pushing(meter)
    meter.live(2 * DAY)

    assert pushed(push) == [(METERING, PUBLISH_SNAPSHOT)] * 2
    assert pushed(push) == []
    meter.live(DAY)
    assert pushed(push) == [(METERING, PUBLISH_SNAPSHOT)]


def test_meter_that_slept_writes_its_daily_reads_down_and_tells_what_happened() -> None:
    meter = GasMeter(settings=GasMeterSettings(battery_days=5, low_battery_days=4))
    push = pushing(meter)
    meter.now = Instant(2 * DAY)

    first, *others = push.handle(LISTENS, meter.now)

    assert first == AlertRequest(GasEvent.LOW_BATTERY)
    assert [(each.cluster, each.command) for each in others] == [
        (METERING, PUBLISH_SNAPSHOT),
        (METERING, PUBLISH_SNAPSHOT),
        (EVENTS, PUBLISH_EVENT),
    ]


def test_each_event_is_pushed_once() -> None:
    meter = GasMeter()
    push = pushing(meter)
    meter.executor.note(0x8F3F, BEGIN)

    assert pushed(push) == [(EVENTS, PUBLISH_EVENT)]
    assert pushed(push) == []
    meter.executor.note(0x8F53, BEGIN)
    assert pushed(push) == [(EVENTS, PUBLISH_EVENT)]


def test_nothing_is_pushed_before_the_proxy_is_in_the_log() -> None:
    meter = GasMeter()
    meter.live(2 * DAY)

    assert pushed(pushing(meter), MirrorFlagsIndication((0,) * 5)) == []


def test_top_up_and_repayment_are_pushed() -> None:
    meter = prepaid_meter()
    push = pushing(meter)
    pushed(push)
    debt = filled(ChangeDebt, debt_amount=POUND, debt_amount_type=5)
    share = filled(ChangeDebt, debt_amount_type=5, debt_recovery_balance_percentage=100)
    meter.send(PREPAYMENT, filled(SetOverallDebtCap, overall_debt_cap=POUND), debt, share)
    meter.top_up()

    assert pushed(push) == [(PREPAYMENT, PUBLISH_TOP_UP_LOG), (PREPAYMENT, PUBLISH_DEBT_LOG)]
    assert push.deadline is None
    assert list(push.wake(START)) == []


def test_change_of_mode_pushes_both_kinds() -> None:
    meter = prepaid_meter()

    kinds = set(pushed(pushing(meter)))

    assert kinds == {(METERING, PUBLISH_SNAPSHOT), (PREPAYMENT, PUBLISH_PREPAY_SNAPSHOT)}
