from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Calendar, Instant
from emulator.metering.billing_calendar import BillingCalendar, BillingLog, Periodicity
from emulator.metering.drifting_clock import DriftingClock, moment_of, own_time
from emulator.metering.meter import Meter
from emulator.metering.quantities import DAY, Channel
from emulator.metering.step_function import StepFunction

FIRST = date(2026, 1, 31)


def own(year: int, month: int, day: int) -> int:
    return own_time(datetime(year, month, day, tzinfo=UTC))


@pytest.mark.parametrize(
    ("after", "end"),
    [
        ((2025, 12, 1), (2026, 1, 31)),
        ((2026, 1, 31), (2026, 2, 28)),
        ((2026, 2, 28), (2026, 3, 31)),
        ((2026, 3, 31), (2026, 4, 30)),
        ((2028, 2, 1), (2028, 2, 29)),
        ((2026, 12, 31), (2027, 1, 31)),
    ],
)
def test_month_ends_on_its_day_or_the_last_it_has(
    after: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    calendar = BillingCalendar(FIRST, Periodicity.MONTHLY)

    assert calendar.next_end(own(*after)) == own(*end)


@given(st.integers(0, 3_000 * DAY), st.sampled_from(Periodicity))
def test_period_ends_at_midnight_and_is_not_longer_than_it_may(
    later: int, periodicity: Periodicity
) -> None:
    now = own(2026, 1, 31) + later
    end = BillingCalendar(FIRST, periodicity).next_end(now)
    longest = {Periodicity.DAILY: 1, Periodicity.WEEKLY: 7, Periodicity.MONTHLY: 31}

    assert end % DAY == 0
    assert now < end <= now + longest[periodicity] * DAY


def test_weeks_end_on_the_weekday_of_the_first() -> None:
    end = BillingCalendar(FIRST, Periodicity.WEEKLY).next_end(own(2026, 6, 1))

    assert moment_of(end).weekday() == FIRST.weekday()


def test_bill_has_the_register_of_its_end_and_the_oldest_go() -> None:
    meter = Meter(
        DriftingClock(Calendar(datetime(2026, 1, 1, tzinfo=UTC))), (Channel.ACTIVE_IMPORT,)
    )
    import_ = meter.channels[Channel.ACTIVE_IMPORT]
    calendar = BillingCalendar(date(2026, 1, 2), Periodicity.DAILY)
    log = BillingLog(calendar, lambda: import_.counts, 3, meter.clock.own(Instant(0)))
    meter.followers.append(log)
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 1_000_000)]), Instant(0))
    meter.advance(Instant(5 * DAY + 1))

    assert [each.bill for each in log.entries] == [72_000, 96_000, 120_000]
    assert log.entries[-1].ended == own(2026, 1, 6)


def test_snapshot_goes_on_where_it_was() -> None:
    calendar = BillingCalendar(FIRST, Periodicity.DAILY)
    log, other = (BillingLog(calendar, lambda: 0, 3, own(2026, 2, day)) for day in (1, 5))
    other.restore(log.snapshot())

    assert other.next_change(own(2026, 2, 1)) == own(2026, 2, 2)
