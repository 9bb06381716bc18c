"""Frames told while they are heard: never so slowly that one is not kept."""

from collections import deque
from collections.abc import Callable
from typing import Final

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Duration, milliseconds
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.telling import TellingRow, tell
from emulator.lab.dissector.key_ring import KeyRing

_PAUSE: Final[Duration] = milliseconds(1)
_AT_ONCE: Final = 4
"""Frames told between two looks at the line: a few milliseconds of work."""
_LIMIT: Final = 20_000
"""Frames that may wait to be told."""


class LiveTelling:
    """Tells frames between those that come.

    Args:
        scheduler: the time it lives in.
        keys: what opens frames; it learns more from what is heard.
        say: told each row.
    """

    def __init__(
        self, scheduler: Scheduler, keys: KeyRing, say: Callable[[TellingRow], None]
    ) -> None:
        self.untold = 0
        """Frames that were kept and not told, because too many waited."""
        self._scheduler = scheduler
        self._say = say
        self._waiting: deque[CapturedFrame] = deque()
        self._rows = tell(iter(self._waiting.popleft, None), keys)
        self._busy = False

    def frame(self, frame: CapturedFrame) -> None:
        """Tell a frame as soon as nothing else is to be done."""
        if len(self._waiting) >= _LIMIT:
            self.untold += 1
            return
        self._waiting.append(frame)
        if not self._busy:
            self._busy = True
            self._scheduler.after(_PAUSE, self._some)

    def rest(self) -> None:
        """Tell whatever waits."""
        while self._waiting:
            self._say(next(self._rows))

    def _some(self) -> None:
        for _ in range(min(_AT_ONCE, len(self._waiting))):
            self._say(next(self._rows))
        self._busy = bool(self._waiting)
        if self._busy:
            self._scheduler.after(_PAUSE, self._some)
