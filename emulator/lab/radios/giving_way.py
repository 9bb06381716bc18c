"""How long what is due may wait for people outside who wait themselves.

Somebody who asks a served DCC is to have an answer at once, also while its homes are busy: events
then wait, and virtual time with them. They wait for no more of the time than they have, beyond a
first stretch: whoever asks without end slows homes down to half, and does not stop them.
"""

from collections.abc import Callable
from typing import Final

LONGEST: Final = 1_000_000_000
"""Nanoseconds for which events wait at most before they have as long for themselves."""


class GivingWay:
    """Says whether events give way.

    Args:
        asked: whether somebody waits for an answer now.
        longest: nanoseconds that events wait at most without a time of their own.
    """

    def __init__(self, asked: Callable[[], bool], longest: int = LONGEST) -> None:
        self._asked = asked
        self._longest = longest
        self._owed = 0
        """Nanoseconds that events were kept waiting and have not had for themselves since."""
        self._last = 0
        self._waiting = False
        self._paid_back = True

    def left(self, now: int) -> int:
        """Nanoseconds for which events may go on waiting; 0 when it is their turn.

        Args:
            now: of a clock that only goes forward.
        """
        passed = now - self._last
        self._last = now
        self._owed = self._owed + passed if self._waiting else max(0, self._owed - passed)
        if self._owed >= self._longest:
            self._paid_back = False
        elif self._owed == 0:
            self._paid_back = True
        self._waiting = self._paid_back and self._asked()
        return self._longest - self._owed if self._waiting else 0
