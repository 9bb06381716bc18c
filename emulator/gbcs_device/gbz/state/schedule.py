"""Which entry of a calendar holds at a moment (ZSE 1.4 Annex D).

A special day goes before the week of the season; within a day the last entry begun holds.
"""

from datetime import date, datetime
from typing import Final

from emulator.gbcs_device.gbz.state.calendars import Calendar
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import PublishWeekProfile

_ANY: Final = 0xFF
_FIRST_YEAR: Final = 1900


def entry_at(calendar: Calendar, moment: datetime) -> int | None:
    """The entry, such as a price tier, in force at a moment; None where the calendar tells none."""
    day = _day_at(calendar, moment.date())
    minute = moment.hour * 60 + moment.minute
    entries = [
        entry
        for profile in calendar.days
        if profile.day_id == day
        for entry in profile.entries
        if entry.start_minute <= minute
    ]
    return max(entries, key=lambda each: each.start_minute).entry if entries else None


def _day_at(calendar: Calendar, day: date) -> int | None:
    for part in calendar.special_days:
        for special in part.special_days:
            if _matches(special.special_day_date, day):
                return special.day_id
    week = _week_at(calendar, day)
    profile = next((each for each in calendar.weeks if each.week_id == week), None)
    return None if profile is None else _days(profile)[day.weekday()]


def _days(week: PublishWeekProfile) -> tuple[int, ...]:
    return (
        week.monday,
        week.tuesday,
        week.wednesday,
        week.thursday,
        week.friday,
        week.saturday,
        week.sunday,
    )


def _week_at(calendar: Calendar, day: date) -> int | None:
    """The week of the season begun last; of the last of a year, before the first has begun."""
    seasons = [each for part in calendar.seasons for each in part.seasons]
    if not seasons:
        return None
    begun = [each for each in seasons if _begin(each.season_start_date, day) <= _key(day)]
    latest = max(begun or seasons, key=lambda each: _begin(each.season_start_date, day))
    return latest.week_id


def _key(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _begin(start: Date, day: date) -> tuple[int, int, int]:
    year = day.year if start.year == _ANY else _FIRST_YEAR + start.year
    return (
        year,
        1 if start.month == _ANY else start.month,
        1 if start.day == _ANY else start.day,
    )


def _matches(told: Date, day: date) -> bool:
    return (
        told.year in (_ANY, day.year - _FIRST_YEAR)
        and told.month in (_ANY, day.month)
        and told.day in (_ANY, day.day)
        and told.day_of_week in (_ANY, day.isoweekday())
    )
