"""Why the supply of an electricity meter is on or off: remote commands, load limit, tamper, credit.

SMETS2 5.5.7, 5.7.5.32; GBCS ECS42 to ECS45. That an arming command arms a supply that is on, and
that enabling one without credit is refused, is unverified.
"""

from collections.abc import Mapping
from typing import Any

from emulator.metering.prepayment.terms import SupplyState


class SupplySwitch:
    """The reasons beside the account, each for itself."""

    def __init__(self) -> None:
        self.commanded = SupplyState.ENABLED
        self.limited = False
        """Whether the load limit interrupts it: a consumer may switch it on again."""
        self.locked = False
        """Whether it was interrupted because somebody tampered with the meter."""

    @property
    def lets_through(self) -> bool:
        """Whether none of them interrupts."""
        return self.commanded is SupplyState.ENABLED and not self.limited and not self.locked

    def state(self, account: SupplyState) -> SupplyState:
        """What the meter shows, with what its account does."""
        if self.locked or SupplyState.DISABLED in (self.commanded, account):
            return SupplyState.DISABLED
        if self.limited or SupplyState.ARMED in (self.commanded, account):
            return SupplyState.ARMED
        return SupplyState.ENABLED

    def release(self) -> None:
        """Have no reason to interrupt any more."""
        self.commanded, self.limited, self.locked = SupplyState.ENABLED, False, False

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it."""
        return {
            "commanded": self.commanded.value,
            "limited": self.limited,
            "locked": self.locked,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self.commanded = SupplyState(state["commanded"])
        self.limited, self.locked = state["limited"], state["locked"]
