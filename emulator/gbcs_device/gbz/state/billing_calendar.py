"""When a gas meter writes down its registers for a bill (use-case annex of GBCS, GCS25, GCS25a)."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

from emulator.gbcs_device.gbz.state.moments import LATEST, moment_of, seconds_since_2000
from emulator.zcl.payloads.price import PublishBillingPeriod

_DAYS: Final = {1: 1, 2: 7}
"""Days of a period by the timebase of its duration type (GCS25): days, weeks."""
_MONTHS: Final = 3
_LAST_YEAR: Final = 2136
"""The year in which 32 bits of seconds since 2000 end."""
_TIMEBASE: Final = 0x0F
"""The bits of the duration type that are its timebase (ZSE 1.4 D.4)."""


def next_billing(period: PublishBillingPeriod, moment: int) -> int | None:
    """When the registers are written down next, in seconds since 2000.

    Args:
        period: the calendar: its start is the first time, each end of a period another.
        moment: seconds since 2000; what is next is later.

    Returns:
        None where the calendar has no period that the annex knows, or ends with the clock.
    """
    start, length = period.billing_period_start_time, period.billing_period_duration
    timebase = period.billing_period_duration_type & _TIMEBASE
    if start > LATEST or not length:
        return None
    if start > moment:
        return start
    if timebase in _DAYS:
        step = int(timedelta(days=_DAYS[timebase] * length).total_seconds())
        due = start + ((moment - start) // step + 1) * step
    elif timebase == _MONTHS:
        due = _months_later(start, length, moment)
    else:
        return None
    return due if due < LATEST else None


def _months_later(start: int, length: int, moment: int) -> int:
    """The first end of a period of so many months after a moment; `LATEST` without one."""
    first, now = moment_of(start), moment_of(moment)
    gone = (now.year - first.year) * 12 + now.month - first.month
    count = gone // length * length
    due = _in_months(first, count)
    if due is not None and due <= now:
        due = _in_months(first, count + length)
    return LATEST if due is None else seconds_since_2000(due)


def _in_months(first: datetime, months: int) -> datetime | None:
    """The same day of a later month, or the month's last; None beyond what commands can say."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    if year > _LAST_YEAR:
        return None
    day = min(first.day, monthrange(year, month + 1)[1])
    return first.replace(year=year, month=month + 1, day=day)


class BillingCalendar:
    """When the registers are written down next; None before anybody said so.

    It is in seconds since 2000.
    """

    def __init__(self) -> None:
        self.due: int | None = None
