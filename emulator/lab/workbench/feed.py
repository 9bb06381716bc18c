"""What happens, for any number of people who watch, each as fast as they can.

Whoever tells never waits for whoever watches: what was told stands in one bounded store, each
watcher knows how far it has read, and one that was too slow is told that something is missing.
"""

import secrets
import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

KEPT: Final = 16 << 20
"""Characters of what happened that are kept."""
_AT_ONCE: Final = 1 << 20
"""Characters that a watcher is given at once, and one event more."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Args:
        number: counts events, from 1.
        kind: what it is.
        data: JSON on one line.
    """

    number: int
    kind: str
    data: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a watcher has not read yet.

    Args:
        events: in order.
        cursor: where to go on.
        missed: whether something before them is gone.
    """

    events: tuple[Event, ...]
    cursor: int
    missed: bool


class Feed:
    """Events of one source; any thread may tell, any may read.

    Args:
        kept: characters that are kept.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self.epoch: Final = secrets.token_hex(4)
        """Tells this feed from one that had its place before the program was started again."""
        self.ended = False
        self._kept = kept
        self._lock = threading.Lock()
        self._told: deque[Event] = deque()
        self._size = 0
        self._shown: dict[str, Event] = {}
        self._last = 0
        self._lost = 0

    def tell(self, kind: str, data: str) -> None:
        """Something happened; the oldest of what happened goes when there is no room."""
        with self._lock:
            self._told.append(self._next(kind, data))
            self._size += len(data)
            while self._size > self._kept and len(self._told) > 1:
                gone = self._told.popleft()
                self._size -= len(gone.data)
                self._lost = gone.number

    def show(self, kind: str, data: str) -> None:
        """Something is so from now on; what was shown of that kind before is forgotten."""
        with self._lock:
            known = self._shown.get(kind)
            if known is None or known.data != data:
                self._shown[kind] = self._next(kind, data)

    def shown(self, kind: str) -> str | None:
        """What is so now, None before anything was shown."""
        with self._lock:
            known = self._shown.get(kind)
            return None if known is None else known.data

    def after(self, cursor: int) -> Batch:
        """What happened after an event, in parts where it is much."""
        with self._lock:
            missed = 0 < cursor < self._lost
            waiting = [each for each in self._told if each.number > cursor]
            waiting += [each for each in self._shown.values() if each.number > cursor]
        waiting.sort(key=lambda each: each.number)
        taken, size = 0, 0
        while taken < len(waiting) and size < _AT_ONCE:
            size += len(waiting[taken].data)
            taken += 1
        events = tuple(waiting[:taken])
        return Batch(events, events[-1].number if events else cursor, missed)

    def end(self) -> None:
        """Nothing more will happen."""
        self.ended = True

    def _next(self, kind: str, data: str) -> Event:
        self._last += 1
        return Event(self._last, kind, data)
