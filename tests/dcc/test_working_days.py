from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.working_days import CalendarSettings, WorkingDays
from emulator.kernel.errors import LocalError, UsageError

CALENDAR = WorkingDays()
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    "holiday",
    [
        date(2026, 1, 1),  # New Year's Day
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 4),  # early May
        date(2026, 5, 25),  # spring
        date(2026, 8, 31),  # summer
        date(2026, 12, 25),  # Christmas Day
        date(2026, 12, 28),  # Boxing Day, substitute
    ],
)
def test_bank_holidays_as_gov_uk_lists_them_for_2026(holiday: date) -> None:
    assert not CALENDAR.is_working_day(holiday)


def test_2026_has_253_working_days_in_england_and_wales() -> None:
    assert CALENDAR.between(date(2025, 12, 31), date(2026, 12, 31)) == 253


def test_five_working_days_over_easter() -> None:
    assert CALENDAR.after(date(2026, 4, 1), 5) == date(2026, 4, 10)


def test_the_day_of_the_notification_does_not_count_and_the_last_counts_to_its_end() -> None:
    told = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)

    assert CALENDAR.deadline(told, 5) == datetime(2026, 1, 13, tzinfo=UTC)


def test_days_end_at_midnight_of_summer_time() -> None:
    told = datetime(2026, 6, 1, 9, tzinfo=UTC)

    assert CALENDAR.deadline(told, 5) == datetime(2026, 6, 8, 23, tzinfo=UTC)


def test_a_notification_late_in_the_evening_belongs_to_the_civil_day() -> None:
    late = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)

    assert CALENDAR.deadline(late, 1) == datetime(2026, 6, 3, 23, tzinfo=UTC)


def test_scotland_works_on_easter_monday_and_rests_on_the_second_of_january() -> None:
    scotland = WorkingDays(CalendarSettings(subdivision="SCT"))

    assert scotland.is_working_day(date(2026, 4, 6))
    assert not scotland.is_working_day(date(2026, 1, 2))
    assert CALENDAR.is_working_day(date(2026, 1, 2))


@given(day=DAYS, count=st.integers(1, 60))
def test_counting_forth_and_back_agrees(day: date, count: int) -> None:
    last = CALENDAR.after(day, count)

    assert CALENDAR.is_working_day(last)
    assert CALENDAR.between(day, last) == count


@given(day=DAYS)
def test_no_weekend_is_worked(day: date) -> None:
    assert not (day.weekday() >= 5 and CALENDAR.is_working_day(day))


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert CALENDAR.between(date(2026, 2, 2), date(2026, 1, 2)) == 0


@pytest.mark.parametrize("count", [0, -1, 1_001])
def test_a_count_nobody_means_is_refused(count: int) -> None:
    with pytest.raises(LocalError, match="working days"):
        CALENDAR.after(date(2026, 1, 5), count)


@pytest.mark.parametrize(
    "settings",
    [
        CalendarSettings(country="ZZ", subdivision=None),
        CalendarSettings(subdivision="ZZZ"),
        CalendarSettings(zone="Nowhere/Else"),
        CalendarSettings(zone="../etc"),
    ],
)
def test_a_calendar_nobody_knows_is_refused(settings: CalendarSettings) -> None:
    with pytest.raises(UsageError):
        WorkingDays(settings)
