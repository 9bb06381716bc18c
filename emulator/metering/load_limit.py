"""Load limiting: too much power for too long interrupts the supply for a while.

SMETS2 5.7.4.18 to 5.7.4.22 and 5.5.7.2. The supply state says whether it is interrupted or only
counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from emulator.kernel.units import Duration, Instant, later


class LoadLimitSupplyState(StrEnum):
    """What becomes of the supply when the limit was exceeded (SMETS2 5.7.4.22)."""

    UNCHANGED = "unchanged"
    DISABLED = "disabled"


class LoadLimitEvent(StrEnum):
    """What load limiting tells."""

    EXCEEDED = "load limit exceeded"
    SUPPLY_DISABLED = "supply disabled"
    SUPPLY_ENABLED = "supply enabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLimit:
    """A limit as a supplier sets it.

    Args:
        threshold: watts that must not be exceeded.
        period: for how long they may be.
        restoration: how long the supply stays interrupted.
    """

    threshold: int
    period: Duration
    restoration: Duration
    supply_state: LoadLimitSupplyState = LoadLimitSupplyState.UNCHANGED


class LoadLimiter:
    """Watches the power of one meter.

    Args:
        limit: what it watches for.
    """

    def __init__(self, limit: LoadLimit) -> None:
        self.limit = limit
        self.exceeded = 0
        """How often the limit was exceeded (SMETS2 5.7.5.17, load limit counter)."""
        self.disabled = False
        self.deadline: Instant | None = None

    def observe(self, milliwatts: int, now: Instant) -> Sequence[LoadLimitEvent]:
        """Take the power that is drawn from now on; an excess that ends in time is none."""
        if self.disabled:
            return ()
        if milliwatts <= self.limit.threshold * 1000:
            self.deadline = None
        elif self.deadline is None:
            self.deadline = later(now, self.limit.period)
        return ()

    def wake(self, now: Instant) -> Sequence[LoadLimitEvent]:
        """What is due: an excess that lasted, or the end of an interruption."""
        if self.deadline is None or now < self.deadline:
            return ()
        self.deadline = None
        if self.disabled:
            self.disabled = False
            return (LoadLimitEvent.SUPPLY_ENABLED,)
        self.exceeded += 1
        if self.limit.supply_state is LoadLimitSupplyState.UNCHANGED:
            return (LoadLimitEvent.EXCEEDED,)
        self.disabled = True
        self.deadline = later(now, self.limit.restoration)
        return (LoadLimitEvent.EXCEEDED, LoadLimitEvent.SUPPLY_DISABLED)

    def release(self) -> None:
        """Have the supply switched on before the interruption ends, and watch anew."""
        self.disabled = False
        self.deadline = None
