"""Moments that come again: of a year, a month, a day or a weekday, or of any.

Billing calendars and the daily reset of block counters are given so (GBCS ECS30a, IEC 62056-6-2
4.1.6.1: wildcards). All is in UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from emulator.metering.drifting_clock import moment_of
from emulator.metering.quantities import DAY

LAST: Final = -1
LAST_BUT_ONE: Final = -2
"""Days of a month, counted from its end."""
_NEVER: Final = 2**62
_LOOK_AHEAD: Final = 366 * 8 + 1
"""Days within which every pattern without a year comes again, also 29 February."""


@dataclass(frozen=True, slots=True)
class DatePattern:
    """A time on days of a kind; None where any will do.

    Args:
        time: microseconds after midnight.
        day: of the month, or `LAST` or `LAST_BUT_ONE`.
        weekday: 1 for Monday to 7.
    """

    time: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def matches(self, day: date) -> bool:
        """Whether it means a day."""
        return (
            self.year in (None, day.year)
            and self.month in (None, day.month)
            and self.weekday in (None, day.isoweekday())
            and self._on(day)
        )

    def _on(self, day: date) -> bool:
        if self.day is None or self.day > 0:
            return self.day in (None, day.day)
        following = day + timedelta(days=-self.day)
        return following.month != day.month and (following - timedelta(days=1)).month == day.month


class DatePatterns:
    """When any of some patterns comes next.

    Args:
        patterns: none for what never comes.
    """

    def __init__(self, patterns: Sequence[DatePattern] = ()) -> None:
        self.patterns = tuple(patterns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DatePatterns) and self.patterns == other.patterns

    def __hash__(self) -> int:
        return hash(self.patterns)

    def next_end(self, own: int) -> int:
        """Own time after `own` at which one of them comes."""
        if not self.patterns:
            return _NEVER
        today, midnight = moment_of(own).date(), own - own % DAY
        last = max((each.year or 0) for each in self.patterns)
        days = max(_LOOK_AHEAD, (last - today.year + 1) * 366 if last else 0)
        for ahead in range(days):
            day = today + timedelta(days=ahead)
            times = [each.time for each in self.patterns if each.matches(day)]
            due = [at for at in (midnight + ahead * DAY + time for time in times) if at > own]
            if due:
                return min(due)
        return _NEVER
