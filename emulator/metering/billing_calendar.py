"""When a billing period ends, and what is written down then (SMETS2 5.7.4.7 and 5.7.5.10)."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from emulator.metering.drifting_clock import own_time
from emulator.metering.quantities import DAY

Bill = TypeVar("Bill")
_MONTHS = 12


class Periodicity(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class BillingCalendar(NamedTuple):
    """The days on which periods end, at 00:00 UTC.

    Args:
        first: the first of them.
    """

    first: date
    periodicity: Periodicity

    def next_end(self, own: int) -> int:
        """Own time after `own` at which the period ends.

        A month ends on the day of `first`, or on the last day of one that is too short.
        """
        begin = own_time(datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC))
        if own < begin:
            return begin
        if self.periodicity is Periodicity.MONTHLY:
            return self._month_after(own, begin)
        length = DAY if self.periodicity is Periodicity.DAILY else 7 * DAY
        return begin + ((own - begin) // length + 1) * length

    def _month_after(self, own: int, begin: int) -> int:
        months = (own - begin) // (31 * DAY)
        while True:
            months += 1
            end = own_time(_months_later(self.first, months))
            if end > own:
                return end


class Ends(Protocol):
    """Says when periods end."""

    def next_end(self, own: int) -> int:
        """Own time after `own` at which the period ends."""
        ...


class BilledPeriod(NamedTuple, Generic[Bill]):
    """What was written down.

    Args:
        ended: own time.
    """

    ended: int
    bill: Bill


class BillingLog(Generic[Bill]):
    """The last bills of a meter; a follower of its import.

    Args:
        calendar: when periods end.
        bill: what is written down then; it also begins the next block period.
        limit: how many are kept.
    """

    def __init__(self, calendar: Ends, bill: Callable[[], Bill], limit: int, own: int) -> None:
        self.calendar = calendar
        self._bill = bill
        self.entries: deque[BilledPeriod[Bill]] = deque(maxlen=limit)
        self._due = calendar.next_end(own)

    @property
    def due(self) -> int:
        """Own time at which the period ends."""
        return self._due

    def follow(self, calendar: Ends, own: int, *, kept: bool = False) -> None:
        """Let periods end as another calendar says.

        Args:
            calendar: which says so.
            own: now.
            kept: whether the end of the present period was told by a snapshot, and stays.
        """
        self.calendar = calendar
        if not kept:
            self._due = calendar.next_end(own)

    def next_change(self, own: int) -> int:
        """Own time at which the period ends; at once where the clock jumped over that."""
        return max(self._due, own + 1)

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Write down what is due."""
        if end >= self._due:
            self.entries.append(BilledPeriod(self._due, self._bill()))
            self._due = self.calendar.next_end(end)

    def snapshot(self) -> dict[str, Any]:
        """What is to come, as JSON knows it; bills are kept by whoever knows what they are."""
        return {"due": self._due}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self._due = state["due"]


def _months_later(first: date, months: int) -> datetime:
    year, month = divmod(first.month - 1 + months, _MONTHS)
    begin = datetime(first.year + year, month + 1, 1, tzinfo=UTC)
    following = (begin + timedelta(days=31)).replace(day=1)
    last = (following - timedelta(days=1)).day
    return begin.replace(day=min(first.day, last))
