"""How sure a share is that was counted: Wilson's interval (JASA 22, 1927, 209 to 212)."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

_NORMAL_95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share that was counted.

    Args:
        count: how many are so.
        total: of how many.
    """

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing."""
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %."""
        if not self.total:
            return 0.0, 1.0
        share, n, z = self.value, self.total, _NORMAL_95
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def words(self) -> str:
        """Share and interval, per cent: `5.0% (3.8 to 6.5)`."""
        low, high = self.interval
        return f"{self.value:.1%} ({100 * low:.1f} to {100 * high:.1f})"
