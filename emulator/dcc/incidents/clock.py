"""Five working days from the notification, for many requests at once (SEC App. AC 4.16 (c))."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from typing import Final

from emulator.dcc.working_days import WorkingDays

_STEP: Final = 15
"""Minutes; civil time differs from UTC by multiples of it, so a day never begins in between."""


class Deadlines:
    """When each request is due, and which became due.

    Args:
        still_due: the moment a request is due now, None when it is not any more.
    """

    def __init__(
        self,
        calendar: WorkingDays,
        working_days: int,
        still_due: Callable[[int], datetime | None],
    ) -> None:
        self._calendar = calendar
        self._working_days = working_days
        self._still_due = still_due
        self._heap: list[tuple[datetime, int]] = []
        self._known: dict[datetime, datetime] = {}

    def start(self, number: int, notified: datetime) -> datetime:
        """Let the time of a request begin; gives its end."""
        due = self.end(notified)
        heappush(self._heap, (due, number))
        return due

    def end(self, notified: datetime) -> datetime:
        """The end of the time that begins with a notification."""
        minute = notified.minute - notified.minute % _STEP
        known = notified.replace(minute=minute, second=0, microsecond=0)
        due = self._known.get(known)
        if due is None:
            due = self._known[known] = self._calendar.deadline(notified, self._working_days)
        return due

    @property
    def next(self) -> datetime | None:
        """When the next request becomes due, None when none will."""
        while self._heap and self._still_due(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def passed(self, moment: datetime) -> tuple[int, ...]:
        """The requests whose time ended by `moment`, each once."""
        found = []
        while (due := self.next) is not None and due <= moment:
            found.append(heappop(self._heap)[1])
        return tuple(found)
