"""Local time in Great Britain: an hour ahead of UTC in summer (Directive 2000/84/EC, as kept).

Summer time begins and ends at 01:00 UTC on the last Sundays of March and October. GBCS and SMETS
count in UTC; local time is what people write in files and what a calendar may be told to follow
(ZSE 1.4 D.9, CalendarTimeReference).
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

HOUR_AHEAD = timedelta(hours=1)


def offset(moment: datetime) -> timedelta:
    """How far local time is ahead of UTC at a moment in UTC."""
    begins, ends = _summer(moment.year)
    return HOUR_AHEAD if begins <= moment.replace(tzinfo=UTC) < ends else timedelta()


def to_local(moment: datetime) -> datetime:
    """The local time at a moment in UTC, without a time zone of its own."""
    return (moment + offset(moment)).replace(tzinfo=None)


def readings_of(local: datetime) -> tuple[datetime, ...]:
    """The moments in UTC at which clocks on the wall say `local`.

    Returns:
        One moment; none in the hour that is left out in spring, two in the one that comes twice.
    """
    naive = local.replace(tzinfo=UTC)
    guesses = (naive - HOUR_AHEAD, naive)
    return tuple(each for each in guesses if to_local(each) == local)


def from_local(local: datetime) -> datetime:
    """The first moment in UTC at which it is `local` or, where that is left out, later."""
    found = readings_of(local)
    if found:
        return found[0]
    return _summer(local.year)[0]


@lru_cache(maxsize=64)
def _summer(year: int) -> tuple[datetime, datetime]:
    return _last_sunday(year, 3), _last_sunday(year, 10)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
