"""The battery of a gas meter: days that remain, and when they are few (SMETS2 4.6.5.16)."""

from collections.abc import Callable
from typing import Final

from emulator.metering.quantities import DAY

_MOST_DAYS: Final = 0xFFFE


class Battery:
    """Counts days down; a follower of the meter.

    Args:
        days: that a new one lasts.
        low: days that are few.
        own: now, own time: it is new.
        tell: is called with own time when days become few.
    """

    def __init__(self, days: int, low: int, own: int, tell: Callable[[int], None]) -> None:
        self._days = days
        self._low = low
        self._tell = tell
        self.ends = own + days * DAY
        """Own time."""

    def remaining(self, own: int) -> int:
        """Whole days."""
        return max(0, min((self.ends - own) // DAY, _MOST_DAYS))

    def replace(self, own: int) -> None:
        """Put in a new one."""
        self.ends = own + self._days * DAY

    def next_change(self, own: int) -> int:
        """Own time at which the days become few; far away where they are."""
        few = self.ends - self._low * DAY
        return few if own < few else own + DAY

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Tell when the days have become few."""
        few = self.ends - self._low * DAY
        if start < few <= end:
            self._tell(end)
