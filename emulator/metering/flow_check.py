"""After supply is enabled a gas meter listens for gas that nobody controls (SMETS2 4.6.4.33).

For a while flow may settle; in the period after that, more than the threshold is taken for a tap
that was left open, and the valve closes and is armed. That the average over the period counts is
unverified.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from emulator.metering.valve import Valve

_NEVER = 2**62


class FlowLimits(NamedTuple):
    """What is too much.

    Args:
        rate: millilitres an hour; 0 for no check.
        stabilisation: microseconds before the period begins.
        period: microseconds.
    """

    rate: int = 0
    stabilisation: int = 0
    period: int = 0


class FlowCheck:
    """A follower of the meter, beside its valve.

    Args:
        valve: closed when too much flows.
    """

    def __init__(self, valve: Valve) -> None:
        self._valve = valve
        self.limits = FlowLimits()
        self._from = _NEVER
        self._flowed = 0
        self.tripped = False
        """Whether it closed the valve since somebody last asked."""

    def begin(self, own: int) -> None:
        """Supply was enabled now."""
        checks = bool(self.limits.rate and self.limits.period)
        self._from = own + self.limits.stabilisation if checks else _NEVER
        self._flowed = 0

    @property
    def running(self) -> bool:
        """Whether it waits for its period, or is in it."""
        return self._from != _NEVER

    def next_change(self, own: int) -> int:
        """Own time at which the period begins, or ends."""
        return max(own + 1, self._from if own < self._from else self._until)

    @property
    def _until(self) -> int:
        return self._from + self.limits.period

    def passed(self, amount: int, start: int, end: int) -> None:
        """Take what passed; judge when the period is over."""
        if start < self._from:
            return
        self._flowed += amount
        if end >= self._until:
            too_much = self._flowed > self.limits.rate * (end - self._from)
            self._from = _NEVER
            if too_much:
                self._valve.close_and_arm()
                self.tripped = True

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it; the limits are configuration."""
        return {"from": self._from, "flowed": self._flowed}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self._from, self._flowed = state["from"], state["flowed"]
