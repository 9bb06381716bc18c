"""The highest average power of a half hour, and when it was (SMETS2 5.7.5.20 to 5.7.5.22)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from emulator.kernel.errors import UsageError
from emulator.metering.quantities import COUNT, DAY, HALF_HOUR, HOUR

_MINUTE = HOUR // 60


class Peak(NamedTuple):
    """The highest average of a half hour.

    Args:
        power: watts.
        ended: own time at which that half hour ended.
    """

    power: int
    ended: int


class MaximumDemand:
    """Looks at each half hour of a meter's own time.

    Args:
        first: minute of the day from which half hours count; a multiple of 30.
        last: minute up to which they do; before `first` when the time spans midnight.

    Raises:
        UsageError: when a minute is no multiple of 30 from 0 to 1440.
    """

    def __init__(self, first: int = 0, last: int = 1440) -> None:
        for minute in (first, last):
            if minute % 30 or not 0 <= minute <= 1440:
                raise UsageError(f"minute {minute}: expected a multiple of 30 from 0 to 1440")
        self._first, self._last = first * _MINUTE, last * _MINUTE
        self.window = (first, last)
        self.peak: Peak | None = None
        self._slot = 0
        self._amount = 0

    def next_change(self, own: int) -> int:
        """Own time at which the half hour ends."""
        return (own // HALF_HOUR + 1) * HALF_HOUR

    def passed(self, amount: int, start: int, end: int) -> None:
        """Take what passed within a half hour."""
        slot = start // HALF_HOUR
        if slot != self._slot:
            self._slot, self._amount = slot, 0
        self._amount += amount
        if end // HALF_HOUR > slot and self._counts(slot * HALF_HOUR % DAY):
            power = self._amount // (COUNT // 2)
            if self.peak is None or power > self.peak.power:
                self.peak = Peak(power, (slot + 1) * HALF_HOUR)

    def reset(self) -> None:
        """Begin anew, as ECS57 asks."""
        self.peak = None

    def snapshot(self) -> dict[str, Any]:
        """What it found, as JSON knows it."""
        peak = None if self.peak is None else list(self.peak)
        return {"peak": peak, "slot": self._slot, "amount": self._amount}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self.peak = None if state["peak"] is None else Peak(*state["peak"])
        self._slot, self._amount = state["slot"], state["amount"]

    def _counts(self, minute: int) -> bool:
        if self._first <= self._last:
            return self._first <= minute < self._last
        return minute >= self._first or minute < self._last
