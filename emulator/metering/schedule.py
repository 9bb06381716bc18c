"""Switches by weekday, special day and part of the year, as COSEM schedules have them.

Non-disablement calendars and calendars of auxiliary controllers are such (IEC 62056-6-2 4.5.3). On
a special day only the entries for that day switch; on any other those of its weekday.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from emulator.metering.drifting_clock import moment_of, own_time
from emulator.metering.quantities import DAY, HOUR

_MINUTE: Final = HOUR // 60
_LOOK_BACK: Final = 31
"""Days after which what an entry switched is taken not to hold any more."""


@dataclass(frozen=True, slots=True)
class YearPart:
    """Days from one to another, both included; None for no bound.

    Args:
        first, last: year, month and day; the year is None for every year.
    """

    first: tuple[int | None, int, int] | None = None
    last: tuple[int | None, int, int] | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them; a part of every year may span its end."""
        begun = self.first is None or _compared(day, self.first) >= 0
        over = self.last is not None and _compared(day, self.last) > 0
        return begun or not over if self._spans_year_end() else begun and not over

    def _spans_year_end(self) -> bool:
        if self.first is None or self.last is None:
            return False
        yearly = self.first[0] is None and self.last[0] is None
        return yearly and self.first[1:] > self.last[1:]


def _compared(day: date, bound: tuple[int | None, int, int]) -> int:
    """Below zero before a bound, zero on it, above zero after it."""
    year, month, last = bound
    ours, bounds = (day.year, day.month, day.day), (year or day.year, month, last)
    return (ours > bounds) - (ours < bounds)


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A switch at a minute of certain days.

    Args:
        selector: what it switches to.
        weekdays: 1 for Monday to 7.
        special_days: indexes of special days.
    """

    minute: int
    selector: int
    weekdays: frozenset[int]
    special_days: frozenset[int]
    within: YearPart = YearPart()


@dataclass(frozen=True, slots=True)
class ScheduledDay:
    """A special day, of every year unless a year is named."""

    index: int
    month: int
    day: int
    year: int | None = None


class Schedule:
    """What is switched to at any own time.

    Args:
        entries: in any order; of those at the same minute the last one counts.
        special_days: by their index.
        otherwise: what holds before anything was switched.
    """

    def __init__(
        self,
        entries: Sequence[ScheduleEntry],
        special_days: Sequence[ScheduledDay] = (),
        otherwise: int = 0,
    ) -> None:
        self.entries = tuple(entries)
        self._special_days = tuple(special_days)
        self._otherwise = otherwise
        self._switches = lru_cache(maxsize=64)(self._switches_on)

    def register(self, own: int) -> int:
        """What holds at an own time."""
        today = moment_of(own).date()
        for back in range(_LOOK_BACK):
            past = [each for each in self._switches(today - timedelta(days=back)) if each[0] <= own]
            if past:
                return past[-1][1]
        return self._otherwise

    def next_switch(self, own: int) -> int:
        """Own time of the next switch, or of the next midnight if that is earlier."""
        midnight = own - own % DAY + DAY
        later = [at for at, _ in self._switches(moment_of(own).date()) if at > own]
        return min((*later, midnight))

    def switched_at(self, own: int) -> tuple[int, ...]:
        """What is switched to at an own time exactly."""
        switches = self._switches(moment_of(own).date())
        return tuple(selector for at, selector in switches if at == own)

    def switches_of(self, day: date) -> tuple[tuple[int, int], ...]:
        """Own times of the switches of a day, and what they switch to, in order."""
        return self._switches(day)

    def _switches_on(self, day: date) -> tuple[tuple[int, int], ...]:
        indexes = {
            each.index
            for each in self._special_days
            if (each.month, each.day) == (day.month, day.day) and each.year in (None, day.year)
        }
        begin = own_time(moment_of(0).replace(year=day.year, month=day.month, day=day.day))
        found = [
            (begin + each.minute * _MINUTE, each.selector)
            for each in self.entries
            if (
                each.special_days & indexes
                if indexes
                else day.isoweekday() in each.weekdays and each.within.holds(day)
            )
        ]
        return tuple(sorted(found, key=lambda each: each[0]))
