"""Working days: what the five days of SEC App. AC 4.16 are counted in.

Taken for a working day is one that is neither Saturday, Sunday nor bank holiday; the definition in
the SEC was not at hand. Which bank holidays is a setting; days begin and end at midnight of civil
time, so British summer time matters.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from emulator.kernel.errors import LocalError, UsageError
from emulator.kernel.settings import setting

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_LONGEST: Final = 1_000
"""Working days that are counted at once; more is taken for a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSettings:
    """Whose holidays count."""

    country: str = setting(
        "GB",
        source="assumed: a bank holiday is no working day; the SEC is law there",
        verified=False,
    )
    subdivision: str | None = setting(
        "ENG",
        source="assumed: England and Wales, whose days are alike (`holidays` ENG, WLS)",
        verified=False,
    )
    zone: str = setting(
        "Europe/London", source="assumed: civil time of Great Britain", verified=False
    )


class WorkingDays:
    """A calendar of working days.

    Raises:
        UsageError: when nothing is known of the country, its part or the zone.
    """

    def __init__(self, settings: CalendarSettings | None = None) -> None:
        self.settings = settings or CalendarSettings()
        self._zone = _zone(self.settings.zone)
        _holidays_of(self.settings.country, self.settings.subdivision, 2026)

    def is_working_day(self, day: date) -> bool:
        """Whether the day is neither at a weekend nor a holiday."""
        if day.weekday() >= _SATURDAY:
            return False
        return day not in _holidays_of(self.settings.country, self.settings.subdivision, day.year)

    def after(self, day: date, count: int) -> date:
        """The working day that is the `count`-th after `day`, which itself counts as none.

        Raises:
            LocalError: when the count is not between 1 and 1,000.
        """
        if not 1 <= count <= _LONGEST:
            raise LocalError(f"{count} working days: expected 1 to {_LONGEST}")
        for _ in range(count):
            day += _DAY
            while not self.is_working_day(day):
                day += _DAY
        return day

    def deadline(self, moment: datetime, count: int) -> datetime:
        """The end of the `count`-th working day after the day of `moment`.

        SEC App. AC 4.16 says "within five Working Days of receiving such notification"; the day
        of the notification is not counted, and the last one counts to its end.
        """
        last = self.after(moment.astimezone(self._zone).date(), count)
        end = datetime.combine(last + _DAY, time(), self._zone)
        return end.astimezone(moment.tzinfo)

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`; none when it is later."""
        days = (first + _DAY * number for number in range(1, (last - first).days + 1))
        return sum(map(self.is_working_day, days))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(f"time zone {name!r}: not known") from error


@lru_cache(maxsize=64)
def _holidays_of(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415 - slow to import, rarely needed

    try:
        return frozenset(country_holidays(country, subdiv=subdivision, years=year))
    except (NotImplementedError, AttributeError) as error:
        raise UsageError(f"holidays of {country} {subdivision or ''}: not known") from error
