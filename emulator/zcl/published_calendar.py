"""A calendar that was published in parts, as one that can be executed (ZSE 1.4 Annex D)."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from emulator.metering.tariff_calendar import (
    Season,
    SpecialDay,
    Switch,
    TariffCalendar,
    TimeReference,
)
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
)

ANY: Final = 0xFF
"""A part of a date that is left open."""
FIRST_YEAR: Final = 1900
_LEAP_YEAR: Final = 2000


class PublishedCalendar(Protocol):
    """A calendar and its parts, each as it was published."""

    @property
    def head(self) -> PublishCalendar | None:
        """What it is called and how many parts it has; None where only parts are known."""

    @property
    def days(self) -> Sequence[PublishDayProfile]:
        """Its day profiles."""

    @property
    def weeks(self) -> Sequence[PublishWeekProfile]:
        """Its weeks."""

    @property
    def seasons(self) -> Sequence[PublishSeasons]:
        """Its seasons."""

    @property
    def special_days(self) -> Sequence[PublishSpecialDays]:
        """Days with profiles of their own."""


def executable_calendar(
    calendar: PublishedCalendar, *, carries: bool = False
) -> TariffCalendar | None:
    """What a published calendar does; None where it is empty.

    Args:
        calendar: as it was published.
        carries: whether a day may carry on what the day before ended with.

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
        Season(
            _or_first(start.month),
            _or_first(start.day),
            week_of.get(each.week_id, -1),
            _year(start),
        )
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
    return TariffCalendar(
        days, weeks, seasons or [Season(1, 1, 0)], special, reference, carries=carries
    )


def _week(week: PublishWeekProfile, place_of: Mapping[int, int]) -> tuple[int, ...]:
    days = (week.monday, week.tuesday, week.wednesday, week.thursday, week.friday)
    return tuple(place_of.get(each, -1) for each in (*days, week.saturday, week.sunday))


def _or_first(part: int) -> int:
    return 1 if part == ANY else part


def _year(date: Date) -> int | None:
    return None if date.year == ANY else FIRST_YEAR + date.year


def _dates(date: Date) -> Iterator[tuple[int | None, int, int]]:
    """Year, month and day of every date meant; a year that is left open is every year."""
    year = _year(date)
    for month in range(1, 13) if date.month == ANY else (date.month,):
        last = monthrange(year or _LEAP_YEAR, month)[1] if 1 <= month <= 12 else 0
        for day in range(1, last + 1) if date.day == ANY else (date.day,):
            yield year, month, day
