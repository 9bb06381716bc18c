"""Which tier a calendar has in force."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emulator.gbcs_device.gbz.state.calendars import Calendar
from emulator.gbcs_device.gbz.state.schedule import entry_at
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
    SpecialDay,
)


def day(number: int, *entries: tuple[int, int]) -> PublishDayProfile:
    """A day with its entries."""
    return PublishDayProfile(
        provider_id=0,
        issuer_event_id=0,
        issuer_calendar_id=7,
        day_id=number,
        total_number_of_schedule_entries=len(entries),
        command_index=0,
        total_number_of_commands=1,
        calendar_type=0,
        entries=tuple(ScheduleEntry(start_minute=start, entry=entry) for start, entry in entries),
    )


def week(number: int, weekday: int, weekend: int) -> PublishWeekProfile:
    """A week of two days."""
    return PublishWeekProfile(
        provider_id=0,
        issuer_event_id=0,
        issuer_calendar_id=7,
        week_id=number,
        monday=weekday,
        tuesday=weekday,
        wednesday=weekday,
        thursday=weekday,
        friday=weekday,
        saturday=weekend,
        sunday=weekend,
    )


def on(month: int, number: int, year: int = 0xFF) -> Date:
    """A day of every year, or of one."""
    told = year if year == 0xFF else year - 1900
    return Date(year=told, month=month, day=number, day_of_week=0xFF)


def season(start: Date, number: int) -> Season:
    """A season with its week."""
    return Season(season_start_date=start, week_id=number)


CALENDAR = Calendar(
    days=(day(1, (0, 1), (480, 2)), day(2, (0, 3)), day(9, (0, 7))),
    weeks=(week(1, 1, 2), week(2, 2, 2)),
    seasons=(
        PublishSeasons(
            provider_id=0,
            issuer_event_id=0,
            issuer_calendar_id=7,
            command_index=0,
            total_number_of_commands=1,
            seasons=(season(on(3, 20), 1), season(on(6, 21), 2)),
        ),
    ),
    special_days=(
        PublishSpecialDays(
            provider_id=0,
            issuer_event_id=0,
            issuer_calendar_id=7,
            start_time=0,
            calendar_type=0,
            total_number_of_special_days=1,
            command_index=0,
            total_number_of_commands=1,
            special_days=(SpecialDay(special_day_date=on(4, 6, 2015), day_id=9),),
        ),
    ),
)


@pytest.mark.parametrize(
    ("moment", "entry"),
    [
        (datetime(2015, 4, 7, 7, 59, tzinfo=UTC), 1),
        (datetime(2015, 4, 7, 8, 0, tzinfo=UTC), 2),
        (datetime(2015, 4, 11, 12, 0, tzinfo=UTC), 3),
        (datetime(2015, 4, 6, 12, 0, tzinfo=UTC), 7),
        (datetime(2016, 4, 6, 7, 0, tzinfo=UTC), 1),
        (datetime(2015, 3, 20, 0, 0, tzinfo=UTC), 1),
        (datetime(2015, 3, 19, 0, 0, tzinfo=UTC), 3),
        (datetime(2015, 7, 1, 0, 0, tzinfo=UTC), 3),
    ],
)
def test_special_day_then_season_week_and_minute(moment: datetime, entry: int) -> None:
    assert entry_at(CALENDAR, moment) == entry


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar(),
        replace(CALENDAR, seasons=(), special_days=()),
        replace(CALENDAR, weeks=(), special_days=()),
        replace(CALENDAR, days=()),
        replace(CALENDAR, days=(day(1, (600, 1)),)),
    ],
)
def test_a_calendar_with_gaps_tells_nothing(calendar: Calendar) -> None:
    assert entry_at(calendar, datetime(2015, 4, 7, 9, 0, tzinfo=UTC)) is None
