"""Which tariff register counts when: day profiles, weeks, seasons and special days.

SMETS2 5.7.4.48 and 4.6.4.30, tariff switching table. SMETS2 and GBCS count days in UTC; a calendar
that follows local time (ZSE 1.4 D.9, CalendarTimeReference) is kept in British time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from emulator.kernel.errors import UsageError
from emulator.metering.british_time import from_local, to_local
from emulator.metering.drifting_clock import moment_of, own_time
from emulator.metering.quantities import DAY

_MINUTES = 24 * 60
_DAYS_OF_A_WEEK = 7


class TimeReference(StrEnum):
    """By which time a day begins."""

    UTC = "utc"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Switch:
    """From this minute of a day on, this register counts."""

    minute: int
    register: int


@dataclass(frozen=True, slots=True)
class Season:
    """From this day on, this week holds; of every year unless a year is named.

    Args:
        week: its place in the table.
    """

    month: int
    day: int
    week: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day with a profile of its own; of every year unless a year is named."""

    month: int
    day: int
    profile: int
    year: int | None = None


class TariffCalendar:
    """The register that counts at any own time.

    Args:
        days: profiles; each begins at minute 0, unless it carries on, and ascends.
        weeks: places of seven profiles, Monday first.
        seasons: those of a year, in any order.
        special_days: they go before the week; one of a named year before one of every year.
        reference: by which time a day begins.
        carries: whether a day may carry on what the day before ended with, as COSEM calendars do.

    Raises:
        UsageError: naming everything in it that cannot be executed.
    """

    def __init__(  # noqa: PLR0913 - the parts of a calendar
        self,
        days: Sequence[Sequence[Switch]],
        weeks: Sequence[Sequence[int]],
        seasons: Sequence[Season],
        special_days: Sequence[SpecialDay] = (),
        reference: TimeReference = TimeReference.UTC,
        *,
        carries: bool = False,
    ) -> None:
        self.days = tuple(tuple(each) for each in days)
        self.weeks = tuple(tuple(each) for each in weeks)
        self.seasons = tuple(
            sorted(seasons, key=lambda each: (each.year or 0, each.month, each.day))
        )
        self.special_days = tuple(special_days)
        self.reference = reference
        self._carries = carries
        problems = tuple(self._problems())
        if problems:
            raise UsageError(*problems)
        self._switches_of = lru_cache(maxsize=8)(self._switches_on)
        self._window = (0, 0, 0)

    def register(self, own: int) -> int:
        """The register that counts at an own time."""
        return self._held(own)[2]

    def next_switch(self, own: int) -> int:
        """Own time of the next switch, or of the next midnight in UTC if that is earlier."""
        return self._held(own)[1]

    def profile_on(self, day: date) -> int:
        """The place of the profile of a day."""
        for year in (day.year, None):
            for special in self.special_days:
                if (special.year, special.month, special.day) == (year, day.month, day.day):
                    return special.profile
        return self.weeks[self._season_on(day).week][day.weekday()]

    def _season_on(self, day: date) -> Season:
        """The season that began last; before all of them, that which begins first."""
        begun = [(each, _began(each, day)) for each in self.seasons]
        past = [(began, each.week, each) for each, began in begun if began is not None]
        return max(past, key=lambda each: each[:2])[2] if past else self.seasons[0]

    def _held(self, own: int) -> tuple[int, int, int]:
        if not self._window[0] <= own < self._window[1]:
            self._window = self._look_up(own)
        return self._window

    def _look_up(self, own: int) -> tuple[int, int, int]:
        """From when, until when, and which; a day at a time."""
        midnight = own - own % DAY
        today = moment_of(own).date()
        begun, until, register = midnight, midnight + DAY, 0
        for near in (today - timedelta(days=1), today, today + timedelta(days=1)):
            for at, switched in self._switches_of(near):
                if at <= own:
                    begun, register = max(midnight, at), switched
                else:
                    until = min(until, at)
        return begun, until, register

    def _switches_on(self, day: date) -> tuple[tuple[int, int], ...]:
        """Own times of the switches of a day by its reference, in order."""
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a local day
        return tuple(
            (self._own(midnight + timedelta(minutes=each.minute)), each.register)
            for each in self.days[self.profile_on(day)]
        )

    def _own(self, local: datetime) -> int:
        if self.reference is TimeReference.UTC:
            return own_time(local.replace(tzinfo=UTC))
        return own_time(from_local(local))

    def _problems(self) -> Iterator[str]:
        if not self.seasons:
            yield "seasons: none; expected at least one"
        for place, day in enumerate(self.days):
            yield from _of_day(place, day, carries=self._carries)
        for place, week in enumerate(self.weeks):
            if len(week) != _DAYS_OF_A_WEEK:
                yield f"week {place}: {len(week)} days; expected 7"
            yield from (
                f"week {place}: day profile {profile}: there is none"
                for profile in week
                if not 0 <= profile < len(self.days)
            )
        for season in self.seasons:
            if not 0 <= season.week < len(self.weeks):
                yield f"season of {season.month}-{season.day}: week {season.week}: there is none"
            yield from _of_date("season", season.month, season.day, season.year or 2000)
        yield from self._problems_of_special_days()

    def _problems_of_special_days(self) -> Iterator[str]:
        for special in self.special_days:
            if not 0 <= special.profile < len(self.days):
                yield f"special day: day profile {special.profile}: there is none"
            yield from _of_date("special day", special.month, special.day, special.year or 2000)


def _began(season: Season, day: date) -> tuple[int, int, int] | None:
    """Year, month and day on which a season last began by a day; None before it first did."""
    on, today = (season.month, season.day), (day.month, day.day)
    if season.year is not None:
        began = (season.year, *on)
        return began if began <= (day.year, *today) else None
    return (day.year if on <= today else day.year - 1, *on)


def _of_day(place: int, day: Sequence[Switch], *, carries: bool) -> Iterator[str]:
    minutes = [each.minute for each in day]
    if not minutes or (minutes[0] and not carries):
        yield f"day profile {place}: begins at {minutes[:1]}; expected minute 0"
    if any(late <= early for early, late in pairwise(minutes)):
        yield f"day profile {place}: minutes {minutes}; expected ascending"
    for each in day:
        if not 0 <= each.minute < _MINUTES:
            yield f"day profile {place}: minute {each.minute}; expected 0 to {_MINUTES - 1}"
        if each.register < 0:
            yield f"day profile {place}: register {each.register}; expected 0 or more"


def _of_date(what: str, month: int, day: int, year: int) -> Iterator[str]:
    try:
        date(year, month, day)
    except ValueError:
        yield f"{what}: {year}-{month}-{day} is no date"


def local_date(own: int, reference: TimeReference) -> date:
    """The day that it is at an own time, by a reference."""
    moment = moment_of(own)
    return (moment if reference is TimeReference.UTC else to_local(moment)).date()
