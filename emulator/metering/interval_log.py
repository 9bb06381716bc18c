"""One number for each interval of a log, packed: profile data and daily consumption.

An entry needs no time of its own: intervals are numbered from 2000, and follow each other.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from emulator.kernel.errors import LocalError

_SPARE: Final = 512
"""Entries kept beyond the limit, so that the oldest are dropped in one go."""
_MOST: Final = 2**32 - 1


class Entry(NamedTuple):
    """What passed in one interval.

    Args:
        interval: its number; it began `interval * length` after 2000-01-01 UTC.
        counts: whole counts.
    """

    interval: int
    counts: int


class IntervalLog:
    """The last intervals of a channel.

    Args:
        length: of an interval, microseconds.
        limit: how many are kept.
    """

    __slots__ = ("_counts", "_first", "length", "limit")

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        self._first = 0
        self._counts = array("I")

    def __len__(self) -> int:
        return min(len(self._counts), self.limit)

    def add(self, interval: int, counts: int) -> None:
        """Write an interval down; those that were left out since the last are written as zero.

        Raises:
            LocalError: when the interval is not after the last, or holds what no meter can pass.
        """
        values = self._counts
        if not 0 <= counts <= _MOST:
            raise LocalError(f"interval {interval}: {counts} counts do not fit 32 bits")
        if not values:
            self._first = interval
        missing = interval - self._first - len(values)
        if missing < 0:
            raise LocalError(f"interval {interval}: not after {self._first + len(values) - 1}")
        if missing >= self.limit:
            del values[:]
            self._first = interval - self.limit + 1
            missing = self.limit - 1
        if missing:
            values.extend([0] * missing)
        values.append(counts)
        if len(values) >= self.limit + _SPARE:
            self._cut()

    def extend(self, interval: int, counts: Sequence[int]) -> None:
        """Write down intervals that follow each other, as `add` does.

        Args:
            interval: the number of the first.
            counts: of each.

        Raises:
            LocalError: as `add`; some may have been written down then.
        """
        if not counts:
            return
        first, *others = counts
        self.add(interval, first)
        if others and not 0 <= min(others) <= max(others) <= _MOST:
            raise LocalError(f"intervals from {interval} on: counts that do not fit 32 bits")
        self._counts.extend(others)
        if len(self._counts) >= self.limit + _SPARE:
            self._cut()

    def entries(self, since: int = 0, until: int = 2**63) -> Iterator[Entry]:
        """Those that began at or after `since` and ended by `until`, own time, oldest first."""
        surplus = len(self._counts) - len(self)
        for place in range(surplus, len(self._counts)):
            interval = self._first + place
            if since <= interval * self.length and (interval + 1) * self.length <= until:
                yield Entry(interval, self._counts[place])

    @property
    def ended(self) -> int:
        """The number of the interval after the last; 0 when none was written down."""
        return self._first + len(self._counts) if self._counts else 0

    def clear(self) -> None:
        """Forget all."""
        del self._counts[:]

    def snapshot(self) -> dict[str, Any]:
        """What it holds, as JSON knows it."""
        kept = list(self.entries())
        return {"first": kept[0].interval if kept else 0, "counts": [each.counts for each in kept]}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Hold what a snapshot says."""
        self._first = state["first"]
        self._counts = array("I", state["counts"])

    def _cut(self) -> None:
        surplus = len(self._counts) - self.limit
        del self._counts[:surplus]
        self._first += surplus
