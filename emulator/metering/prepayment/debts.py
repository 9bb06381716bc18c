"""Debts that a meter collects: two by time, one by payment (SMETS2 5.7.4.10 to 5.7.4.14)."""

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from emulator.kernel.errors import UsageError
from emulator.metering.prepayment.money import BASIS_POINTS, share
from emulator.metering.quantities import DAY, HOUR

RECOVERY_PERIODS: Final = (HOUR, DAY, 7 * DAY)
"""How often a debt by time may be collected."""
CAP_PERIOD: Final = 7 * DAY
"""Over which payments towards a debt are capped (SMETS2 5.7.4.10, debt recovery rate cap)."""


class TimeDebt:
    """A debt that is collected in equal parts, every so often.

    Args:
        remaining: millipence.
        rate: millipence a period.
        period: microseconds of own time; collected when its multiples since 2000 have come.

    Raises:
        UsageError: when an amount is negative, or the period is none.
    """

    __slots__ = ("period", "rate", "remaining")

    def __init__(self, remaining: int = 0, rate: int = 0, period: int = DAY) -> None:
        if min(remaining, rate) < 0:
            raise UsageError(f"debt {remaining} at {rate}: cannot be negative")
        if period not in RECOVERY_PERIODS:
            raise UsageError(f"recovery period {period} us: expected an hour, a day or a week")
        self.remaining = remaining
        self.rate = rate
        self.period = period

    def due(self, start: int, end: int) -> int:
        """What is to be collected for the periods that ended after `start`, up to `end`."""
        periods = max(0, end // self.period - start // self.period)
        return min(self.remaining, periods * self.rate)

    def collect(self, amount: int) -> None:
        """Owe so much less."""
        self.remaining -= amount


class PaymentDebt:
    """A debt of which a share of each top-up is taken, up to a cap in any seven days.

    Args:
        remaining: millipence.
        basis_points: hundredths of a percent of a top-up.
        cap: millipence in any seven days; None for no cap.

    Raises:
        UsageError: when an amount is negative, or the share is more than the whole.
    """

    __slots__ = ("_paid", "basis_points", "cap", "remaining")

    def __init__(self, remaining: int = 0, basis_points: int = 0, cap: int | None = None) -> None:
        if remaining < 0 or (cap is not None and cap < 0):
            raise UsageError(f"debt {remaining} with cap {cap}: cannot be negative")
        if not 0 <= basis_points <= BASIS_POINTS:
            raise UsageError(f"share {basis_points}: expected 0 to {BASIS_POINTS} basis points")
        self.remaining = remaining
        self.basis_points = basis_points
        self.cap = cap
        self._paid: deque[tuple[int, int]] = deque()

    def take(self, top_up: int, own: int) -> int:
        """What goes to the debt of a top-up at an own time; it is owed no more."""
        while self._paid and self._paid[0][0] <= own - CAP_PERIOD:
            self._paid.popleft()
        taken = min(self.remaining, share(top_up, self.basis_points))
        if self.cap is not None:
            taken = min(taken, max(0, self.cap - sum(amount for _, amount in self._paid)))
        if taken:
            self._paid.append((own, taken))
        self.remaining -= taken
        return taken

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it."""
        return {
            "remaining": self.remaining,
            "basis_points": self.basis_points,
            "cap": self.cap,
            "paid": list(self._paid),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self.remaining = state["remaining"]
        self.basis_points, self.cap = state["basis_points"], state["cap"]
        self._paid = deque((own, amount) for own, amount in state["paid"])
