"""Published calendars as calendars that can be executed (SMETS2 4.6.4.20 and 4.6.4.30)."""

from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from emulator.gbcs_device.gbz.calendars import Calendar
from emulator.kernel.errors import UsageError
from emulator.metering.tariff_calendar import (
    Season,
    SpecialDay,
    Switch,
    TariffCalendar,
    TimeReference,
)
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import PublishWeekProfile

_ANY: Final = 0xFF
_FIRST_YEAR: Final = 1900
_LEAP_YEAR: Final = 2000
ALWAYS: Final = TariffCalendar(((Switch(0, 0),),), ((0,) * 7,), (Season(1, 1, 0),))
"""One register, whatever the time."""


def executable(calendar: Calendar) -> TariffCalendar | None:
    """What a published calendar does; None where it is empty.

    Raises:
        UsageError: naming everything in it that cannot be executed.
    """
    if not calendar.days:
        return None
    place_of = {each: place for place, each in enumerate(sorted({d.day_id for d in calendar.days}))}
    days = [
        tuple(
            Switch(entry.start_minute, entry.entry)
            for part in calendar.days
            if part.day_id == day
            for entry in part.entries
        )
        for day in place_of
    ]
    weeks = [_week(each, place_of) for each in calendar.weeks] or [(0,) * 7]
    week_of = {each.week_id: place for place, each in enumerate(calendar.weeks)}
    seasons = [
        Season(_or_first(start.month), _or_first(start.day), week_of.get(each.week_id, -1))
        for part in calendar.seasons
        for each in part.seasons
        for start in (each.season_start_date,)
    ]
    special = [
        SpecialDay(month, day, place_of.get(each.day_id, -1), year)
        for part in calendar.special_days
        for each in part.special_days
        for year, month, day in _dates(each.special_day_date)
    ]
    head = calendar.head
    local = head is not None and head.calendar_time_reference != 0
    reference = TimeReference.LOCAL if local else TimeReference.UTC
    return TariffCalendar(days, weeks, seasons or [Season(1, 1, 0)], special, reference)


def executed(calendar: Calendar) -> TariffCalendar:
    """What a meter does about a calendar in force: one register where that tells nothing."""
    try:
        return executable(calendar) or ALWAYS
    except UsageError:
        return ALWAYS


def _week(week: PublishWeekProfile, place_of: dict[int, int]) -> tuple[int, ...]:
    days = (week.monday, week.tuesday, week.wednesday, week.thursday, week.friday)
    return tuple(place_of.get(each, -1) for each in (*days, week.saturday, week.sunday))


def _or_first(part: int) -> int:
    return 1 if part == _ANY else part


def _dates(date: Date) -> Iterator[tuple[int | None, int, int]]:
    """Year, month and day of every date meant; a year that is left open is every year."""
    year = None if date.year == _ANY else _FIRST_YEAR + date.year
    for month in range(1, 13) if date.month == _ANY else (date.month,):
        last = monthrange(year or _LEAP_YEAR, month)[1] if 1 <= month <= 12 else 0
        for day in range(1, last + 1) if date.day == _ANY else (date.day,):
            yield year, month, day
