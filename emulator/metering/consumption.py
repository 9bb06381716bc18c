"""What passed today, this week and this month, and before: what displays show (SMETS2 5.6.4.2).

Days are those of the meter's own clock, in UTC; weeks begin on Monday.
"""

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from emulator.kernel.units import Instant
from emulator.metering.drifting_clock import moment_of, own_time
from emulator.metering.meter import Meter
from emulator.metering.quantities import HALF_HOUR, Channel

_DAY: Final = timedelta(days=1)


class Span(Enum):
    """Over how long consumption is summed up."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def consumed(  # noqa: PLR0913 - what is asked for, of which register, by whom it may be seen
    meter: Meter, channel: Channel, span: Span, ago: int, now: Instant, *, since: int = 0
) -> int:
    """Whole counts that passed in a day, a week or a month.

    Args:
        meter: what counts.
        channel: which register.
        span: over how long.
        ago: 0 for the one that is not over, 1 for the one before, and so on.
        now: at which it is asked.
        since: own time before which nothing may be told; half hours that began before are left out.
    """
    meter.advance(now)
    counted = meter.channels[channel]
    own = meter.clock.own(now)
    start, end = bounds(moment_of(own), span, ago)
    if own_time(start) < since <= own:
        halves = counted.profile.entries(since, own_time(end))
        open_one = ago == 0 and own // HALF_HOUR * HALF_HOUR >= since
        return sum(each.counts for each in halves) + (counted.open_half_hour if open_one else 0)
    whole = sum(each.counts for each in counted.daily.entries(own_time(start), own_time(end)))
    return whole + (counted.open_day if ago == 0 else 0)


def bounds(moment: datetime, span: Span, ago: int) -> tuple[datetime, datetime]:
    """When the span in which a moment lies, or one before it, begins and ends."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if span is Span.DAY:
        start = midnight - ago * _DAY
        return start, start + _DAY
    if span is Span.WEEK:
        start = midnight - (midnight.weekday() + 7 * ago) * _DAY
        return start, start + 7 * _DAY
    months = midnight.year * 12 + midnight.month - 1 - ago
    return _first_of(months), _first_of(months + 1)


def _first_of(months: int) -> datetime:
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
