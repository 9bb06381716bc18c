import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock, own_time
from emulator.metering.maximum_demand import MaximumDemand, Peak
from emulator.metering.meter import Meter
from emulator.metering.quantities import DAY, HALF_HOUR, HOUR, Channel
from emulator.metering.step_function import StepFunction

START = datetime(2026, 1, 5, tzinfo=UTC)
OWN = own_time(START)


def after(demand: MaximumDemand, *steps: tuple[int, int], until: int = DAY) -> MaximumDemand:
    meter = Meter(DriftingClock(Calendar(START)), (Channel.ACTIVE_IMPORT,))
    meter.half_hourly.append((0, demand))
    meter.load(Channel.ACTIVE_IMPORT, StepFunction(steps), Instant(0))
    meter.advance(Instant(until))
    return demand


def test_peak_is_the_highest_average_of_a_half_hour() -> None:
    # 3 kW from 10:10 to 10:40: 2 kW on average in the first half hour
    ten = 10 * HOUR
    steps = [(ten + HOUR // 6, 3_000_000), (ten + 2 * HOUR // 3, 0)]

    assert after(MaximumDemand(), *steps).peak == Peak(2_000, OWN + ten + HALF_HOUR)


def test_half_hour_that_is_not_over_does_not_count() -> None:
    assert after(MaximumDemand(), (0, 5_000_000), until=HALF_HOUR - 1).peak is None


def test_reset_begins_anew() -> None:
    demand = after(MaximumDemand(), (0, 1))
    demand.reset()

    assert demand.peak is None


@pytest.mark.parametrize(
    ("window", "ended"),
    [((600, 660), OWN + 10 * HOUR + HALF_HOUR), ((1380, 60), OWN + HALF_HOUR)],
)
def test_only_the_time_of_day_that_is_configured_counts(
    window: tuple[int, int], ended: int
) -> None:
    demand = after(MaximumDemand(*window), (0, 2_000_000))

    assert demand.peak == Peak(2_000, ended)


@pytest.mark.parametrize("window", [(1, 60), (0, 1470), (-30, 60)])
def test_window_that_cuts_half_hours_is_refused(window: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="multiple of 30"):
        MaximumDemand(*window)


def test_snapshot_goes_on_where_it_was() -> None:
    demand, other = after(MaximumDemand(), (0, 2_000_000), until=HOUR + 5), MaximumDemand()
    other.restore(json.loads(json.dumps(demand.snapshot())))
    assert other.snapshot() == demand.snapshot()

    other.restore(MaximumDemand().snapshot())
    assert other.peak is None


@given(
    st.dictionaries(st.integers(0, DAY), st.integers(0, 9_000_000), max_size=30),
    st.sampled_from([(0, 1440), (600, 660), (1380, 60)]),
    st.lists(st.integers(0, DAY), max_size=5),
)
def test_many_half_hours_at_once_are_like_single_ones(
    steps: dict[int, int], window: tuple[int, int], looks: list[int]
) -> None:
    meter = Meter(DriftingClock(Calendar(START)), (Channel.ACTIVE_IMPORT,))
    at_once, singly = MaximumDemand(*window), MaximumDemand(*window)
    meter.half_hourly.append((0, at_once))
    meter.load(Channel.ACTIVE_IMPORT, StepFunction(sorted(steps.items())), Instant(0))
    other = Meter(DriftingClock(Calendar(START)), (Channel.ACTIVE_IMPORT,))
    other.followers.append(singly)
    other.load(Channel.ACTIVE_IMPORT, meter.demand(Channel.ACTIVE_IMPORT), Instant(0))
    for each in (*sorted(looks), DAY):
        meter.advance(Instant(each))
    other.advance(Instant(DAY))

    assert at_once.snapshot() == singly.snapshot()
