"""Which top-ups a meter took: none is taken twice, and none that is older than it can tell.

GBCS 14 has a cache of the counters of tokens. A token whose counter is lower than all of a full
cache may have been taken before, so it is not taken. The tokens of another supplier are others:
they count from the floor that comes with its credentials (GBCS CS02b).
"""

from bisect import insort
from collections.abc import Iterable
from enum import StrEnum

from emulator.kernel.errors import LocalError


class TopUpOutcome(StrEnum):
    """What became of a token."""

    TAKEN = "taken"
    NOT_AUTHENTIC = "not authentic"
    DUPLICATE = "duplicate"
    TOO_OLD = "too old"
    OVER_CREDIT_LIMIT = "over the maximum credit"
    OVER_BALANCE_LIMIT = "over the maximum balance"


class TopUpMemory:
    """The highest counters that were taken.

    Args:
        limit: how many are remembered.

    Raises:
        LocalError: when it is none.
    """

    __slots__ = ("_counters", "_limit", "floor")

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise LocalError(f"memory of {limit} tokens: expected at least 1")
        self._limit = limit
        self._counters: list[int] = []
        self.floor = 0
        """Below which no token is taken."""

    @property
    def counters(self) -> tuple[int, ...]:
        """What is remembered, lowest first."""
        return tuple(self._counters)

    @property
    def highest(self) -> int:
        """The highest counter that is known of."""
        return max((self.floor, *self._counters[-1:]))

    def begin(self, floor: int) -> None:
        """Take the tokens of another supplier, from a counter on."""
        self._counters, self.floor = [], floor

    def judge(self, counter: int) -> TopUpOutcome:
        """Whether a token with this counter may be taken; tokens may come out of order."""
        if counter in self._counters:
            return TopUpOutcome.DUPLICATE
        full = len(self._counters) == self._limit
        if counter < self.floor or (full and counter < self._counters[0]):
            return TopUpOutcome.TOO_OLD
        return TopUpOutcome.TAKEN

    def remember(self, counter: int) -> None:
        """Take no token with this counter again."""
        insort(self._counters, counter)
        del self._counters[: -self._limit]

    def restore(self, counters: Iterable[int], floor: int = 0) -> None:
        """Remember these, and take none below the floor."""
        self._counters, self.floor = sorted(counters), floor
