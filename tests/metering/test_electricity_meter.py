"""A meter whose parts go together: the same whoever looks, and kept without power."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.units import Calendar, Instant, seconds
from emulator.metering.date_patterns import DatePattern, DatePatterns
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.event_codes import EventCode
from emulator.metering.load_limit import LoadLimit, LoadLimitSupplyState
from emulator.metering.prepayment.cost_of_use import Period
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms, SupplyState
from emulator.metering.quantities import COUNT, DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.tariff_matrix import TariffTerms
from tests.gbcs_device.cosem.living_meter import BEGIN

CHANNELS = (Channel.ACTIVE_IMPORT, Channel.ACTIVE_EXPORT, Channel.SECONDARY_IMPORT)
LIMIT = LoadLimit(
    threshold=5_000,
    period=seconds(600),
    restoration=seconds(1_800),
    supply_state=LoadLimitSupplyState.DISABLED,
)


def made(balance: int = 100_000) -> ElectricityMeter:
    meter = ElectricityMeter(DriftingClock(Calendar(BEGIN)), CHANNELS)

    def set_up() -> None:
        meter.tariff.terms = TariffTerms(prices={1: 10_000}, standing_charge=500)
        assert meter.second is not None
        meter.second.tariff.terms = TariffTerms(prices={1: 7_000})
        meter.account.terms = PrepaymentTerms(emergency_limit=0)
        meter.set_limit(LIMIT)
        meter.set_periods(DatePatterns([DatePattern(0, weekday=3)]), DatePatterns(), Instant(0))

    meter.concerns["all"] = set_up
    meter.outdate()
    meter.account.balance = balance
    meter.advance(Instant(0))
    meter.account.set_mode(PaymentMode.PREPAYMENT, meter.own(Instant(0)))
    meter.outdate()
    return meter


steps = st.dictionaries(st.integers(0, 4 * DAY), st.integers(0, 9_000_000), max_size=12)


@given(steps, steps, st.lists(st.integers(0, 4 * DAY), max_size=12))
@settings(max_examples=15, deadline=None)
def test_meter_is_the_same_however_often_it_is_looked_at(
    first: dict[int, int], second: dict[int, int], reads: list[int]
) -> None:
    meters = []
    for instants in ([], sorted(reads)):
        meter = made()
        meter.load(Channel.ACTIVE_IMPORT, StepFunction(sorted(first.items())), Instant(0))
        meter.load(Channel.SECONDARY_IMPORT, StepFunction(sorted(second.items())), Instant(0))
        for instant in (*instants, 4 * DAY):
            meter.advance(Instant(instant))
        meters.append(meter)

    once, often = (
        (meter.snapshot(Instant(4 * DAY)), list(meter.events), meter.bills) for meter in meters
    )
    assert often == once


@given(steps, st.integers(1, 3))
@settings(max_examples=10, deadline=None)
def test_meter_goes_on_as_if_its_power_had_gone_for_no_time(
    first: dict[int, int], day: int
) -> None:
    whole, cut = made(), made()
    for meter in (whole, cut):
        meter.load(Channel.ACTIVE_IMPORT, StepFunction(sorted(first.items())), Instant(0))
    kept = json.loads(json.dumps(cut.snapshot(Instant(day * DAY))))
    again = made()
    again.restore(kept, Instant(day * DAY))
    again.load(Channel.ACTIVE_IMPORT, StepFunction(sorted(first.items())), Instant(day * DAY))

    assert again.snapshot(Instant(4 * DAY)) == whole.snapshot(Instant(4 * DAY))


def test_credit_runs_out_for_both_elements_at_once() -> None:
    # 10,000 and 7,000 millipence a kilowatt hour: 17,000 an hour
    meter = made(34_000)
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 1_000_000)]), Instant(0))
    meter.load(Channel.SECONDARY_IMPORT, StepFunction([(0, 1_000_000)]), Instant(0))
    assert meter.deadline(Instant(HOUR * 7 // 4)) == 2 * HOUR

    meter.advance(Instant(3 * HOUR))

    read = meter.look(0)
    assert (read.imported, read.secondary, read.balances.balance) == (2_000, 2_000, 0)
    assert meter.supply is SupplyState.DISABLED
    empty = EventCode.CREDIT_BELOW_DISABLEMENT_THRESHOLD
    assert [(each.own - meter.own(Instant(0)), each.code) for each in meter.events] == [
        (2 * HOUR, empty)
    ]


def test_meter_that_has_nothing_to_do_is_not_woken() -> None:
    meter = ElectricityMeter(DriftingClock(Calendar(BEGIN)), CHANNELS)
    assert meter.deadline(Instant(0)) is None

    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 1_000)]), Instant(0))

    assert meter.deadline(Instant(DAY)) is None


def test_tampering_locks_the_supply_until_it_is_enabled_remotely() -> None:
    # SMETS2 5.7.4.44, alert 81BE
    meter = ElectricityMeter(DriftingClock(Calendar(BEGIN)), CHANNELS)
    meter.lock(Instant(0))

    locked = meter.supply
    assert not meter.press(Instant(1))
    assert meter.command(SupplyState.ENABLED, Instant(2))
    assert (locked, meter.supply) == (SupplyState.DISABLED, SupplyState.ENABLED)
    assert [each.code for each in meter.events] == [EventCode.SUPPLY_LOCKED_BY_TAMPER]


def test_limit_that_is_changed_leaves_an_interruption_to_its_end() -> None:
    meter = made()
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 6_000_000)]), Instant(0))
    meter.advance(Instant(HOUR // 6))
    limited = [meter.switch.limited]
    meter.outdate()
    meter.advance(Instant(HOUR // 6 + 1))
    limited.append(meter.switch.limited)
    meter.set_limit(None)

    assert [*limited, meter.switch.limited] == [True, True, False]
    assert meter.look(0).imported == 6_000_000 * (HOUR // 6) // COUNT


def test_load_limit_that_is_set_while_it_is_exceeded_is_watched_at_once() -> None:
    meter = ElectricityMeter(DriftingClock(Calendar(BEGIN)), CHANNELS)
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 7_000_000)]), Instant(0))
    meter.concerns["limit"] = lambda: meter.set_limit(LIMIT)
    meter.advance(Instant(HOUR))
    meter.outdate("limit")

    assert meter.deadline(Instant(HOUR)) == HOUR + LIMIT.period
    meter.advance(Instant(HOUR + LIMIT.period))

    assert [each.code for each in meter.events] == [
        EventCode.LOAD_LIMIT_EXCEEDED,
        EventCode.SUPPLY_DISABLED_BY_LOAD_LIMIT,
    ]


def test_load_limit_is_exceeded_by_what_both_elements_take_together() -> None:
    meter = ElectricityMeter(DriftingClock(Calendar(BEGIN)), CHANNELS)
    meter.concerns["limit"] = lambda: meter.set_limit(LIMIT)
    meter.outdate()
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 3_000_000)]), Instant(0))
    second = StepFunction([(HOUR, 3_000_000), (HOUR + HOUR // 4, 1_000_000)])
    meter.load(Channel.SECONDARY_IMPORT, second, Instant(0))

    meter.advance(Instant(3 * HOUR))

    assert meter.load_limit_counter == 1
    assert meter.events[0].own - meter.own(Instant(0)) == HOUR + LIMIT.period
    assert not meter.switch.limited, "restored after half an hour, with less than the limit drawn"


@pytest.mark.parametrize("looks", [1, 6])
def test_maximum_demand_is_of_both_elements_together(looks: int) -> None:
    meter = ElectricityMeter(DriftingClock(Calendar(BEGIN)), CHANNELS)
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 3_000_000), (HOUR, 0)]), Instant(0))
    second = StepFunction([(HOUR // 2, 2_000_000), (2 * HOUR, 4_000_000), (3 * HOUR, 0)])
    meter.load(Channel.SECONDARY_IMPORT, second, Instant(0))

    for look in range(1, looks + 1):
        meter.advance(Instant(look * 6 * HOUR // looks))

    assert meter.demand.peak is not None
    ended = meter.own(Instant(0)) + HOUR
    assert (meter.demand.peak.power, meter.demand.peak.ended) == (5_000, ended)


def test_days_that_nothing_interrupts_are_measured_like_many_short_looks() -> None:
    """Whole stretches at once, and the same half hour by half hour: peaks and logs too."""
    steps = [(each * HOUR // 3, each * 7919 % 4_000_000) for each in range(200)]
    once, often = made(10_000_000), made(10_000_000)
    for meter in (once, often):
        meter.load(Channel.ACTIVE_IMPORT, StepFunction(steps), Instant(0))
        meter.load(Channel.ACTIVE_EXPORT, StepFunction(steps[7:]), Instant(0))
    for at in range(0, 3 * DAY, HOUR // 7):
        often.advance(Instant(at))

    assert once.snapshot(Instant(3 * DAY)) == often.snapshot(Instant(3 * DAY))
    assert once.demand.peak == often.demand.peak is not None


def test_second_element_is_paid_for_on_the_day_on_which_it_passed() -> None:
    meter = made(10_000_000)
    meter.load(Channel.SECONDARY_IMPORT, StepFunction([(0, 1_000_000)]), Instant(0))
    meter.advance(Instant(DAY))

    # 24 kWh at 7 p and the standing charge, and nothing on the day that begins
    assert list(meter.account.cost_of_use.past[Period.DAY]) == [24 * 7_000 + 500]
    assert meter.account.cost_of_use.current[Period.DAY] == 0


YEAR_END = datetime(2025, 12, 30, 21, 7, tzinfo=UTC)
NIGHT = TariffCalendar(
    ((Switch(0, 1), Switch(420, 101), Switch(960, 2)),), [(0,) * 7], (Season(1, 1, 0),)
)


def tariffed(*, prepaid: bool) -> ElectricityMeter:
    """Night, day with blocks, and evening, with a second element beside; its clock is fast."""
    meter = ElectricityMeter(DriftingClock(Calendar(YEAR_END), 40_000), CHANNELS)

    def set_up() -> None:
        prices = {1: 9_001, 2: 31_007, 0xA1: 20_003, 0xB1: 15_011}
        meter.tariff.terms = TariffTerms(
            calendar=NIGHT, thresholds={1: (2_000,)}, prices=prices, standing_charge=501
        )
        assert meter.second is not None
        meter.second.tariff.terms = TariffTerms(prices={1: 7_000})

    meter.concerns["all"] = set_up
    meter.outdate()
    if prepaid:
        meter.account.mode, meter.account.balance = PaymentMode.PREPAYMENT, 10**9
    return meter


@given(
    steps,
    steps,
    st.lists(
        st.tuples(st.integers(0, 4 * DAY), st.sampled_from(["look", "set clock", "power cut"])),
        max_size=8,
    ),
    st.integers(-3 * HOUR, 3 * HOUR),
    st.booleans(),
)
@settings(max_examples=20, deadline=None)
def test_registers_of_all_kinds_add_up_whatever_happens_to_clock_and_power(
    first: dict[int, int],
    second: dict[int, int],
    happened: list[tuple[int, str]],
    error: int,
    prepaid: bool,
) -> None:
    loads = {
        Channel.ACTIVE_IMPORT: StepFunction(sorted(first.items())),
        Channel.SECONDARY_IMPORT: StepFunction(sorted(second.items())),
    }
    meter, powered, without = tariffed(prepaid=prepaid), 0, dict.fromkeys(loads, 0)
    for channel, demand in loads.items():
        meter.load(channel, demand, Instant(0))
    for at, what in (*sorted(happened), (4 * DAY, "look")):
        if at < powered:
            continue
        meter.advance(Instant(at))
        if what == "set clock":
            meter.meter.synchronise(Instant(at), error)
        elif what == "power cut":
            kept, powered = json.loads(json.dumps(meter.snapshot(Instant(at)))), at + HOUR
            meter = tariffed(prepaid=prepaid)
            meter.restore(kept, Instant(powered))
            for channel, demand in loads.items():
                meter.load(channel, demand, Instant(powered))
                without[channel] += demand.integral(at, powered)
    meter.advance(Instant(end := max(powered, 4 * DAY)))

    for channel, demand in loads.items():
        measured = meter.meter.channels[channel]
        assert measured.amount == demand.integral(0, end) - without[channel]
        halves = sum(each.counts for each in measured.profile.entries())
        assert halves + measured.open_half_hour == measured.counts
        assert sum(each.counts for each in measured.daily.entries()) == (
            measured.counts - measured.open_day
        )
    read = meter.look(0)
    blocks = sum(counts for *_, counts in read.blocks)
    assert sum(counts for _, counts in read.time_of_use) + blocks == read.imported
    assert sum(counts for _, counts in read.second_element) == read.secondary
