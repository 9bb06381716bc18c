"""Failures that last, as those of a disturbed channel do; those of a device without power pass."""

from typing import Final

from emulator.kernel.units import Duration, Instant, minutes

FORGOTTEN: Final = minutes(10)
"""After so long without failures the next ones are the first again."""


class LastingFailures:
    """Tells failures that go on from those of a moment.

    Args:
        least: how long failures have to go on.
    """

    def __init__(self, least: Duration) -> None:
        self._least = least
        self._first: Instant | None = None
        self._last = Instant(0)

    def last(self, now: Instant) -> bool:
        """Take note of failures; whether they have lasted, after which they count anew."""
        if self._first is None or now - self._last > FORGOTTEN:
            self._first = now
        self._last = now
        if now - self._first < self._least:
            return False
        self._first = None
        return True
