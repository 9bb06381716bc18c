"""Consumption by day, week and month sums up to what the register counted (SMETS2 5.6.4.2)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Calendar, Instant
from emulator.metering.consumption import Span, bounds, consumed
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction

IMPORT = Channel.ACTIVE_IMPORT
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def metered(watts: int = 1_000, start: datetime = MONDAY) -> Meter:
    meter = Meter(DriftingClock(Calendar(start)), (IMPORT,))
    meter.load(IMPORT, StepFunction([(0, watts * 1_000)]), Instant(0))
    return meter


@pytest.mark.parametrize(
    ("span", "ago", "counts"),
    [
        (Span.DAY, 0, 12_000),
        (Span.DAY, 1, 24_000),
        (Span.DAY, 9, 0),
        (Span.WEEK, 0, 36_000),
        (Span.WEEK, 1, 168_000),
        (Span.MONTH, 0, 204_000),
        (Span.MONTH, 1, 0),
    ],
)
def test_consumption_of_a_span(span: Span, ago: int, counts: int) -> None:
    now = Instant(8 * DAY + 12 * HOUR)

    assert consumed(metered(), IMPORT, span, ago, now) == counts


def test_month_before_january_is_december() -> None:
    assert bounds(MONDAY, Span.MONTH, 1) == (
        datetime(2025, 12, 1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
    )


@given(st.integers(0, 40 * 24), st.integers(0, 5_000))
def test_days_add_up_to_the_register(hours: int, watts: int) -> None:
    meter, now = metered(watts), Instant(hours * HOUR)

    days = sum(consumed(meter, IMPORT, Span.DAY, ago, now) for ago in range(41))

    assert days == meter.counts(IMPORT, now)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)), st.sampled_from(Span))  # noqa: DTZ001 - made aware below
def test_spans_follow_each_other_without_gap(naive: datetime, span: Span) -> None:
    moment = naive.replace(tzinfo=UTC)
    start, end = bounds(moment, span, 0)

    assert start <= moment < end
    assert bounds(moment, span, 1)[1] == start
    assert end - start >= timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "counts"),
    [
        (0, 12_000),
        (8 * DAY, 12_000),
        (8 * DAY + HOUR, 11_000),
        (8 * DAY + HOUR + 1, 10_500),
        (8 * DAY + 12 * HOUR, 0),
        (9 * DAY, 12_000),
    ],
)
def test_nothing_is_told_from_before_a_change_of_tenancy(since: int, counts: int) -> None:
    """Once the date has come (SMETS2 5.6.3.31); half hours are told whole or not at all."""
    now, meter = Instant(8 * DAY + 12 * HOUR), metered()
    began = meter.clock.own(Instant(0)) + since if since else 0

    assert consumed(meter, IMPORT, Span.DAY, 0, now, since=began) == counts
    if 0 < since < 9 * DAY:
        assert consumed(meter, IMPORT, Span.DAY, 1, now, since=began) == 0
        assert consumed(meter, IMPORT, Span.WEEK, 1, now, since=began) == 0
