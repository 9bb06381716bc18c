"""Energy is conserved: whatever comes, and however often anybody looks."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock, own_time
from emulator.metering.meter import Meter
from emulator.metering.quantities import COUNT, DAY, HALF_HOUR, HOUR, Channel
from emulator.metering.step_function import StepFunction

IMPORT = Channel.ACTIVE_IMPORT
SPAN = 4 * DAY
STARTS = (
    datetime(2026, 3, 27, 5, 11, tzinfo=UTC),  # to British summer time
    datetime(2026, 10, 23, 23, 59, 59, tzinfo=UTC),  # and back
    datetime(2026, 12, 30, tzinfo=UTC),  # a year's end
    datetime(2028, 2, 27, 12, tzinfo=UTC),  # a leap day
)
instants = st.integers(0, SPAN).map(Instant)
demands = st.dictionaries(instants, st.integers(0, 30_000_000), max_size=30).map(
    lambda steps: StepFunction(sorted(steps.items()))
)
starts = st.sampled_from(STARTS)
drifts = st.integers(-100_000, 100_000)


def meter(start: datetime = STARTS[0], drift: int = 0) -> Meter:
    return Meter(DriftingClock(Calendar(start), drift), (IMPORT,))


def written(measured: Meter) -> int:
    channel = measured.channels[IMPORT]
    return sum(each.counts for each in channel.profile.entries()) + channel.open_half_hour


@settings(max_examples=50)
@given(demands, starts, drifts, st.lists(instants))
def test_register_is_the_integral_however_often_it_is_read(
    demand: StepFunction, start: datetime, drift: int, reads: list[Instant]
) -> None:
    measured = meter(start, drift)
    measured.load(IMPORT, demand, Instant(0))
    for at in sorted(reads):
        assert measured.counts(IMPORT, at) == demand.integral(0, at) // COUNT
    measured.advance(Instant(SPAN))

    assert measured.channels[IMPORT].amount == demand.integral(0, SPAN)
    assert written(measured) == measured.channels[IMPORT].counts


@settings(max_examples=50)
@given(demands, starts, st.lists(instants), st.lists(instants))
def test_order_and_number_of_reads_change_no_entry_of_a_log(
    demand: StepFunction, start: datetime, some: list[Instant], others: list[Instant]
) -> None:
    logs = []
    for reads in (some, others):
        measured = meter(start)
        measured.load(IMPORT, demand, Instant(0))
        for at in (*reads, Instant(SPAN)):
            measured.counts(IMPORT, at)
        logs.append(measured.snapshot(Instant(SPAN)))

    assert logs[0] == logs[1]


@settings(max_examples=50)
@given(demands, demands, instants)
def test_demand_that_is_split_is_the_sum_of_its_parts(
    one: StepFunction, other: StepFunction, at: Instant
) -> None:
    whole, parts = meter(), Meter(DriftingClock(Calendar(STARTS[0])), (IMPORT, Channel.GAS))
    whole.load(IMPORT, one.plus(other), Instant(0))
    parts.load(IMPORT, one, Instant(0))
    parts.load(Channel.GAS, other, Instant(0))
    for each in (whole, parts):
        each.advance(at)

    assert whole.channels[IMPORT].amount == sum(each.amount for each in parts.channels.values())


@settings(max_examples=50)
@given(demands, starts, st.lists(instants, min_size=2, max_size=6, unique=True))
def test_without_power_nothing_passes_and_nothing_is_lost(
    demand: StepFunction, start: datetime, moments: list[Instant]
) -> None:
    measured = meter(start)
    measured.load(IMPORT, demand, Instant(0))
    cuts = sorted(moments)
    expected, since = 0, 0
    for off, on in zip(cuts[::2], cuts[1::2], strict=False):
        expected += demand.integral(since, off)
        measured.lose_power(off)
        kept = json.loads(json.dumps(measured.snapshot(off)))
        measured = meter(start)
        measured.load(IMPORT, demand, Instant(0))
        measured.restore(kept, on)
        since = on
    measured.advance(Instant(SPAN))
    expected += demand.integral(since, SPAN)

    assert measured.channels[IMPORT].amount == expected
    assert written(measured) == expected // COUNT


@settings(max_examples=50)
@given(demands, st.lists(st.tuples(instants, st.integers(-3 * HOUR, 3 * HOUR)), max_size=6))
def test_clock_that_is_set_loses_no_energy(
    demand: StepFunction, changes: list[tuple[Instant, int]]
) -> None:
    measured = meter(drift=50_000)
    measured.load(IMPORT, demand, Instant(0))
    for at, error in sorted(changes):
        measured.synchronise(at, error)
    measured.advance(Instant(SPAN))

    assert measured.channels[IMPORT].amount == demand.integral(0, SPAN)
    assert written(measured) == demand.integral(0, SPAN) // COUNT


@settings(max_examples=30)
@given(demands, starts)
def test_days_add_up_to_what_passed_before_the_last_midnight(
    demand: StepFunction, start: datetime
) -> None:
    measured = meter(start)
    measured.load(IMPORT, demand, Instant(0))
    measured.advance(Instant(SPAN))
    own = measured.clock.own(Instant(SPAN))
    midnight = measured.clock.instant(own - own % DAY)

    days = [each.counts for each in measured.channels[IMPORT].daily.entries()]
    assert sum(days) == demand.integral(0, midnight) // COUNT


def test_half_hour_is_written_under_the_time_at_which_it_began() -> None:
    measured = meter(datetime(2026, 1, 5, tzinfo=UTC))
    measured.load(IMPORT, StepFunction([(HALF_HOUR, 2_000_000)]), Instant(0))
    measured.advance(Instant(2 * HALF_HOUR))

    entries = list(measured.channels[IMPORT].profile.entries())
    begun = own_time(datetime(2026, 1, 5, 0, 30, tzinfo=UTC)) // HALF_HOUR
    assert [(each.interval, each.counts) for each in entries] == [(begun - 1, 0), (begun, 1_000)]


def test_interrupted_supply_lets_nothing_pass() -> None:
    measured = meter()
    measured.load(IMPORT, StepFunction([(0, 1_000_000)]), Instant(0))
    measured.switch(Instant(HOUR), connected=False)

    assert measured.rate(IMPORT, Instant(HOUR)) == 0
    assert measured.counts(IMPORT, Instant(2 * HOUR)) == 1_000
    measured.switch(Instant(2 * HOUR), connected=True)
    assert measured.counts(IMPORT, Instant(3 * HOUR)) == 2_000


def test_thirteen_months_are_kept_and_no_more() -> None:
    measured = meter(datetime(2024, 1, 1, tzinfo=UTC))
    measured.advance(Instant(420 * DAY))

    assert len(measured.channels[IMPORT].profile) == 19_056
    assert len(measured.channels[IMPORT].daily) == 420
