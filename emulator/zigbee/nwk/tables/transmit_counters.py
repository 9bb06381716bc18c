"""How many unicasts of ours failed: the sign of interference (R22 Annex E)."""

from typing import Final

ENOUGH: Final = 20
"""Unicasts before the share of failures means something (R22 Annex E.3)."""
FAILING_SHARE: Final = 4
"""One in so many has to fail (25 %, R22 Annex E.3)."""
MEMORY: Final = 64
"""Unicasts after which what was counted weighs half: R22 leaves the period to the maker."""


class TransmitCounters:
    """Unicasts of late (nwkTxTotal and TransmitFailure); older ones weigh less and less.

    Args:
        least: to how many neighbours frames must have failed: one alone may have no power.
    """

    def __init__(self, least: int = 1) -> None:
        self.total = 0
        self.failures = 0
        self._least = least
        self._silent: set[int] = set()

    def count(self, neighbour: int, *, failed: bool) -> bool:
        """Count a unicast to a neighbour; whether the failures now tell of interference."""
        if self.total >= MEMORY:
            self.total //= 2
            self.failures //= 2
            self._silent.clear()
        self.total += 1
        if not failed:
            return False
        self.failures += 1
        self._silent.add(neighbour)
        if len(self._silent) < self._least:
            return False
        return self.total >= ENOUGH and self.failures * FAILING_SHARE >= self.total

    def reset(self) -> None:
        """Count from zero."""
        self.total = self.failures = 0
        self._silent.clear()
