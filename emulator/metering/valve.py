"""The valve of a gas meter: why it is closed, and how it comes to be open again.

SMETS2 4.5.3.7 and 4.5.3.10 arm and disable the supply; 4.6.4.25, 4.6.4.26 and 4.6.4.33 say what
becomes of it without power, after tampering, and when gas flows that nobody controls. What was
closed is never opened from afar: it is armed, and whoever stands before the meter enables it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.terms import SupplyState


class StopReason(StrEnum):
    """Why a valve is closed, besides want of credit."""

    COMMAND = "command"
    TAMPER = "tamper"
    POWER = "power supply loss"


class Valve:
    """The gate of a gas meter: closed by its account, or for a reason of its own.

    Args:
        account: interrupts supply for want of credit.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.stopped: StopReason | None = None
        self.armed = False
        """Whether whoever stands before the meter may enable it, whatever the account says."""

    @property
    def state(self) -> SupplyState:
        """What the supply is."""
        if self.stopped is not None:
            return SupplyState.DISABLED
        if self.account.supply is not SupplyState.ENABLED:
            return self.account.supply
        return SupplyState.ARMED if self.armed else SupplyState.ENABLED

    @property
    def open(self) -> bool:
        """Whether gas can flow."""
        return self.state is SupplyState.ENABLED

    def lasts(self, rate: int, own: int) -> int | None:
        """Microseconds until the account closes it at a rate, or its price changes."""
        return self.account.lasts(rate, own)

    def close(self, reason: StopReason) -> None:
        """Let no gas flow until it is armed."""
        self.stopped, self.armed = reason, False

    def arm(self) -> bool:
        """Let it be enabled; whether it is armed then.

        One that is closed for want of credit stays so, and one that is open stays open.
        """
        if self.stopped is not None:
            self.stopped, self.armed = None, True
        return self.state is SupplyState.ARMED

    def close_and_arm(self) -> None:
        """Let no gas flow until somebody enables it."""
        self.armed = True

    def enable(self) -> bool:
        """Open it, as somebody before the meter asks; whether it was armed."""
        if self.state is not SupplyState.ARMED:
            return False
        self.armed = False
        self.account.enable()
        return True

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it; the account keeps its own."""
        return {"stopped": self.stopped and self.stopped.value, "armed": self.armed}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        stopped = state["stopped"]
        self.stopped = None if stopped is None else StopReason(stopped)
        self.armed = state["armed"]
