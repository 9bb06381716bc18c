"""The highest average power of a half hour, and when it was (SMETS2 5.7.5.20 to 5.7.5.22)."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from emulator.kernel.errors import UsageError
from emulator.metering.quantities import COUNT, DAY, HALF_HOUR, HOUR

_MINUTE = HOUR // 60
_HALF_COUNT = COUNT // 2
"""What passes in half an hour at one watt."""


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
        self._whole = self.window == (0, DAY // _MINUTE)
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
            self._compare(self._amount // _HALF_COUNT, slot)

    def half_hours(self, slot: int, amounts: Sequence[int]) -> None:
        """Take what passed up to the end of each of half hours that follow each other.

        Args:
            slot: the number of the first, part of which may have passed before.
            amounts: from now on, up to each end.
        """
        if not amounts:
            return
        begun = self._amount if slot == self._slot else 0
        halves = [amounts[0] + begun, *(late - early for early, late in pairwise(amounts))]
        self._slot, self._amount = slot + len(halves) - 1, halves[-1]
        powers = {
            place: half // _HALF_COUNT
            for place, half in enumerate(halves, slot)
            if self._whole or self._counts(place * HALF_HOUR % DAY)
        }
        if powers:
            best = max(powers, key=powers.__getitem__)
            self._compare(powers[best], best)

    def _compare(self, power: int, slot: int) -> None:
        """Keep the higher one; of equal ones the earlier."""
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
