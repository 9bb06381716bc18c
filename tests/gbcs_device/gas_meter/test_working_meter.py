"""A gas meter goes by what suppliers set, and shows and tells what comes of it."""

import json

import pytest

from emulator.gbcs_device.gas_meter.settings import GasMeterSettings
from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.gbcs_device.gas_meter.working_meter import WorkingGasMeter
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.errors import LocalError
from emulator.kernel.units import Instant
from emulator.metering.quantities import DAY, HOUR
from emulator.testing.scenes.gbz_scene import filled
from emulator.zcl.payloads.prepayment import (
    ChangeDebt,
    SetLowCreditWarningLevel,
    SetMaximumCreditLimit,
    SetOverallDebtCap,
)
from tests.gbcs_device.gas_meter.scene import (
    CREDIT_MODE,
    METERING,
    POUND,
    PREPAYMENT,
    TWELVE_POUNDS_FIFTY,
    GasMeter,
    prepaid_meter,
)

OFF, ARMED, ON = 0, 1, 2
"""SupplyStatus."""


def test_register_shows_what_flowed_and_the_bill_what_it_cost() -> None:
    meter = GasMeter()
    meter.whole_kilowatt_hours()
    meter.flat_price(4_000, standing=30_000)
    meter.burn(500)
    meter.live(DAY)

    # SMETS2 4.6.5.4: 12 cubic metres; 120 kWh at 4 p, and 30 p for the day
    assert meter.read(METERING, 0x0000) == 12_000
    assert meter.read(METERING, 0x0A00) == 480_000 + 30_000
    assert meter.told == []


def test_calorific_value_and_conversion_factor_count_to_the_last_millipence() -> None:
    meter = GasMeter()
    meter.flat_price(4_001)
    meter.burn(1_000)
    meter.live(10 * HOUR)

    # as shipped: 39.5 MJ and 1.02264 (SMETS2 4.6.4.3, 4.6.4.5)
    assert meter.read(METERING, 0x0A00) == 10 * 4_001 * 102_264 * 395 // (36 * 100_000)


def test_what_is_owed_does_not_depend_on_who_looks() -> None:
    idle, watched = GasMeter(), GasMeter()
    for meter in (idle, watched):
        meter.flat_price(4_567, standing=12_345)
        meter.burn(777)
    for _ in range(50):
        watched.live(DAY // 10 + 12_345_678)
        watched.read(METERING, 0x0000)
    idle.live(50 * (DAY // 10 + 12_345_678))

    for key in ((METERING, 0x0000), (METERING, 0x0A00), (PREPAYMENT, 0x0540)):
        assert idle.read(*key) == watched.read(*key)
    assert idle.executor.store.snapshots.snapshot() == watched.executor.store.snapshots.snapshot()


def test_blocks_are_counted_by_energy_and_cost_their_price() -> None:
    meter = GasMeter()
    meter.whole_kilowatt_hours()
    assert meter.blocks((20_000, 50_000), (5_000, 3_000, 1_000)) == [0, 0, 0]
    meter.burn(1_000)
    meter.live(8 * HOUR)

    # SMETS2 4.6.5.19: 20 kWh are 2 cubic metres, 50 kWh are 5
    counted = [meter.read(METERING, 0x0700 + block) for block in range(4)]
    assert counted == [2_000, 3_000, 3_000, 0]
    assert meter.read(METERING, 0x0A00) == 20 * 5_000 + 30 * 3_000 + 30 * 1_000


def test_supply_ends_when_credit_does_and_an_alert_goes_out() -> None:
    meter = prepaid_meter(balance=POUND)
    meter.burn(1_000)
    meter.live(DAY)

    # 36 p an hour out of 100 p: 2 7/9 cubic metres
    assert meter.read(METERING, 0x0000) == 2_777
    assert (meter.balance, meter.supply) == (0, OFF)
    assert GasEvent.CREDIT_BELOW_DISABLEMENT in meter.told


def test_top_up_arms_the_valve_and_somebody_opens_it() -> None:
    meter = prepaid_meter(balance=0)
    assert meter.supply == OFF

    answer = meter.top_up()

    assert (answer.result_type, answer.credit_remaining) == (0, TWELVE_POUNDS_FIFTY)
    assert meter.supply == ARMED
    assert GasEvent.SUPPLY_ARMED in meter.told
    assert meter.keypad.enable().result == "done"
    assert meter.supply == ON
    assert meter.keypad.enable().result == "refused"


def test_a_token_counts_once_and_an_alert_tells_of_the_second_time() -> None:
    meter = prepaid_meter()
    meter.top_up()

    assert meter.top_up().result_type == 2
    assert meter.balance == 10 * POUND + TWELVE_POUNDS_FIFTY
    assert GasEvent.DUPLICATE_TOKEN in meter.told


@pytest.mark.parametrize(
    ("balance", "most", "result", "event"),
    [
        (0xFFFFFF, TWELVE_POUNDS_FIFTY - 1, 6, GasEvent.TOKEN_EXCEEDS_MAXIMUM),
        (TWELVE_POUNDS_FIFTY, 0xFFFFFF, 4, GasEvent.BALANCE_WOULD_EXCEED_MAXIMUM),
    ],
)
def test_top_up_beyond_a_limit_is_refused_and_may_come_again(
    balance: int, most: int, result: int, event: GasEvent
) -> None:
    meter = prepaid_meter()
    limits = filled(
        SetMaximumCreditLimit, maximum_credit_level=balance, maximum_credit_per_top_up=most
    )
    meter.send(PREPAYMENT, limits)

    # SMETS2 4.6.4.17 and 4.6.4.18
    assert meter.top_up().result_type == result
    assert event in meter.told
    assert meter.balance == 10 * POUND
    assert meter.executor.store.top_ups.top_ups == ()


def test_top_up_repays_the_debt_by_payment_up_to_its_cap_in_a_week() -> None:
    meter = prepaid_meter()
    cap = filled(SetOverallDebtCap, overall_debt_cap=2 * POUND)
    debt = filled(
        ChangeDebt,
        debt_amount=50 * POUND,
        debt_recovery_method=1,
        debt_amount_type=5,
        debt_recovery_balance_percentage=2_000,
    )
    meter.send(PREPAYMENT, cap, debt)

    meter.top_up()

    # 20 % would be 2.50; SMETS2 4.6.4.8 and 4.6.4.10
    assert meter.read(PREPAYMENT, 0x0231) == 48 * POUND
    assert meter.balance == 10 * POUND + TWELVE_POUNDS_FIFTY - 2 * POUND
    (repaid,) = meter.executor.store.repayments.repayments
    assert (repaid.amount_collected, repaid.debt_type) == (2 * POUND, 2)
    assert repaid.outstanding_debt == 48 * POUND


def test_debt_by_time_is_collected_every_day_until_it_is_paid() -> None:
    meter = prepaid_meter()
    meter.tell_all(GasEvent.TIME_DEBT_1_COLLECTED)
    debt = filled(
        ChangeDebt,
        debt_amount=POUND,
        debt_amount_type=1,
        debt_recovery_frequency=1,
        debt_recovery_amount=40_000,
    )
    meter.send(PREPAYMENT, debt)

    meter.live(2 * DAY)
    assert (meter.read(PREPAYMENT, 0x0211), meter.balance) == (20_000, 920_000)
    assert meter.told == []
    meter.live(2 * DAY)

    # SMETS2 4.6.4.9
    assert (meter.read(PREPAYMENT, 0x0211), meter.balance) == (0, 900_000)
    assert meter.told == [GasEvent.TIME_DEBT_1_COLLECTED]


def test_emergency_credit_is_offered_taken_spent_and_paid_back() -> None:
    meter = prepaid_meter(balance=2 * POUND)
    events = (
        GasEvent.EMERGENCY_CREDIT_AVAILABLE,
        GasEvent.EMERGENCY_CREDIT_ACTIVATED,
        GasEvent.ARMED_BY_EMERGENCY_CREDIT,
    )
    meter.tell_all(*events)
    meter.emergency(5 * POUND, POUND)
    assert meter.keypad.activate_emergency_credit().result == "refused"
    meter.burn(1_000)
    meter.live(DAY)
    assert meter.supply == OFF

    assert meter.keypad.activate_emergency_credit().result == "done"
    meter.hear(meter.executor.settle())
    assert (meter.supply, meter.read(PREPAYMENT, 0x0002)) == (ARMED, 5 * POUND)
    assert set(events) <= set(meter.told)
    meter.keypad.enable()
    meter.live(5 * HOUR)
    meter.burn(0)

    # five hours at 36 p were borrowed
    assert meter.read(PREPAYMENT, 0x0002) == 320_000
    meter.top_up()
    assert (meter.balance, meter.read(PREPAYMENT, 0x0002)) == (TWELVE_POUNDS_FIFTY - 180_000, 0)


def test_low_credit_is_told_once_when_it_begins() -> None:
    meter = prepaid_meter()
    meter.tell_all(GasEvent.LOW_CREDIT)
    meter.send(PREPAYMENT, filled(SetLowCreditWarningLevel, low_credit_warning_level=5 * POUND))
    meter.burn(1_000)
    meter.live(DAY)

    # SMETS2 4.6.4.16
    assert meter.told.count(GasEvent.LOW_CREDIT) == 1


def test_battery_runs_down_and_is_replaced() -> None:
    meter = GasMeter(settings=GasMeterSettings(battery_days=30, low_battery_days=10))
    meter.live(15 * DAY)
    assert (meter.read(METERING, 0x0205), meter.told) == (15, [])
    meter.live(6 * DAY)
    assert meter.told == [GasEvent.LOW_BATTERY]

    meter.work.new_battery()
    meter.hear(meter.executor.settle())

    # SMETS2 4.6.5.16
    assert meter.read(METERING, 0x0205) == 30
    assert meter.told[1:] == [GasEvent.BATTERY_RESET]


def test_change_of_mode_writes_registers_and_balances_down() -> None:
    meter = prepaid_meter()
    meter.prepay(cut_off=-1, mode=CREDIT_MODE)

    # SMETS2 4.6.5.3, GCS15b
    causes = [each.snapshot_cause for each in meter.executor.store.prepay_snapshots.snapshots]
    assert causes.count(0x4000) == 2
    assert meter.supply == ON
    assert meter.balance == 10 * POUND


def test_meter_goes_on_after_its_power_comes_back() -> None:
    meter = prepaid_meter()
    meter.emergency(5 * POUND, 20 * POUND)
    meter.keypad.activate_emergency_credit()
    meter.burn(700)
    meter.live(DAY)
    kept = json.loads(json.dumps(meter.executor.snapshot()))
    store = MeterStore({})
    again = GbzExecutor(store, mechanism=WorkingGasMeter(meter.meter, store, lambda: meter.now))

    again.restore(kept)

    assert json.loads(json.dumps(again.snapshot())) == kept
    meter.executor = again
    assert meter.balance == kept["mechanism"]["account"]["balance"]


@pytest.mark.parametrize("part", ["account", "valve", "battery", "happened"])
def test_state_that_is_none_is_refused(part: str) -> None:
    meter = GasMeter()
    kept = json.loads(json.dumps(meter.executor.snapshot()))
    kept["mechanism"][part] = {"no": "thing"}

    with pytest.raises(LocalError):
        meter.executor.restore(kept)


def test_meter_in_credit_mode_wakes_nobody() -> None:
    meter = GasMeter()

    assert meter.work.next_event() is None
    meter.prepay()
    assert meter.work.next_event() == Instant(DAY)


def test_low_credit_is_told_when_it_becomes_low_whoever_looks() -> None:
    meter = prepaid_meter(balance=2 * POUND)
    meter.tell_all(GasEvent.LOW_CREDIT)
    meter.send(PREPAYMENT, filled(SetLowCreditWarningLevel, low_credit_warning_level=150_000))
    meter.burn(1_000)
    # 36 p an hour: 50.001 p are spent after 5,000.1 s, within a half hour
    meter.live(5_000_100_000 - 1)
    assert meter.told == []
    meter.live(1)
    assert meter.told == [GasEvent.LOW_CREDIT]

    other = prepaid_meter(balance=2 * POUND)
    other.tell_all(GasEvent.LOW_CREDIT)
    other.send(PREPAYMENT, filled(SetLowCreditWarningLevel, low_credit_warning_level=150_000))
    other.burn(1_000)
    began = other.meter.clock.own(other.now)
    other.now = Instant(other.now + DAY // 8)
    other.work.measure(other.executor.store)
    (low, *_) = other.work.happened()
    assert low == (GasEvent.LOW_CREDIT, began + 5_000_100_000)
