"""What is behind the state of a device: a meter that counts, or nothing but the state itself.

Commands change the state. A mechanism writes into it what it counted before they look, takes over
what they set, and does what takes more than a value: money, emergency credit, the valve.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from emulator.gbcs_device.gbz.state.balances import (
    PREPAYMENT,
    add_credit,
)
from emulator.gbcs_device.gbz.state.calendars import Calendar, Part
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.prepayment.top_up_memory import TopUpOutcome

METERING: Final = 0x0702
SUPPLY_STATUS: Final = 0x0014
CREDIT_STATUS: Final = 0x0003


class TopUpDone(NamedTuple):
    """What became of a top-up.

    Args:
        balance: of prepayment mode, afterwards.
        repaid: of it, what went to the debt by payment.
    """

    outcome: TopUpOutcome
    balance: int
    repaid: int = 0


class Happened(Protocol):
    """Something that happened."""

    @property
    def code(self) -> int:
        """Event or alert code (GBCS 16.2)."""
        ...

    @property
    def own(self) -> int:
        """Microseconds since 2000, by the device's own clock."""
        ...


class Mechanism(Protocol):
    """What a device does besides holding its state."""

    def measure(self, store: MeterStore) -> None:
        """Write into the state what was counted up to now."""
        ...

    def attach(self, store: MeterStore) -> None:
        """Go by another state from now on."""
        ...

    def show_samples(self, store: MeterStore) -> None:
        """Write the logs of samples into the state, up to now."""
        ...

    def follow(self, store: MeterStore) -> None:
        """Go by what the state says from now on."""
        ...

    def happened(self) -> Sequence[Happened]:
        """What happened since somebody last asked."""
        ...

    def executes(self, part: Part, calendar: Calendar) -> bool:
        """Whether a calendar with this part could be executed."""
        ...

    def billed(self, store: MeterStore) -> None:
        """Begin a billing period."""
        ...

    def top_up(self, store: MeterStore, counter: int, value: int, *, local: bool) -> TopUpDone:
        """Take the value of a genuine token; unchanged unless it is taken.

        Args:
            store: the state.
            counter: of the token.
            value: millipence.
            local: whether it came from within the home.
        """
        ...

    def refuse_token(self, *, duplicate: bool) -> None:
        """Take note of a code that is not genuine, or was taken before."""
        ...

    def activate_emergency_credit(self, store: MeterStore) -> bool:
        """Give emergency credit; whether there is any to have."""
        ...

    def change_supply(self, store: MeterStore, proposed: int) -> None:
        """Close, arm or open the supply, as SupplyStatus numbers it (ZSE 1.4 D.3)."""
        ...

    def snapshot(self) -> Mapping[str, object]:
        """What it keeps without power, as JSON could say it."""
        ...

    def restore(self, snapshot: Mapping[str, object]) -> None:
        """Go on as a snapshot says.

        Raises:
            LocalError: when it is none.
        """
        ...


class StillMechanism:
    """Nothing counts: the state is what commands and told answers made of it."""

    def measure(self, store: MeterStore) -> None:
        """Nothing was counted."""

    def attach(self, store: MeterStore) -> None:
        """Nothing goes by it."""

    def show_samples(self, store: MeterStore) -> None:
        """No sample was taken."""

    def follow(self, store: MeterStore) -> None:
        """Nothing goes by the state."""

    def happened(self) -> Sequence[Happened]:
        """Nothing happens."""
        return ()

    def executes(self, part: Part, calendar: Calendar) -> bool:  # noqa: ARG002 - the one shape
        """Nothing is executed, so nothing is wrong with it."""
        return True

    def billed(self, store: MeterStore) -> None:
        """Nothing begins."""

    def top_up(self, store: MeterStore, counter: int, value: int, *, local: bool) -> TopUpDone:  # noqa: ARG002 - the one shape
        """Add to the balance of prepayment mode."""
        return TopUpDone(TopUpOutcome.TAKEN, add_credit(store, value))

    def refuse_token(self, *, duplicate: bool) -> None:
        """Nobody is told."""

    def activate_emergency_credit(self, store: MeterStore) -> bool:
        """Say that it is selected."""
        status = store.attributes.number(PREPAYMENT, CREDIT_STATUS)
        selected = status | store.settings.emergency_credit_selected
        store.attributes.set(PREPAYMENT, CREDIT_STATUS, selected)
        return True

    def change_supply(self, store: MeterStore, proposed: int) -> None:
        """Say that it is as proposed."""
        store.attributes.set(METERING, SUPPLY_STATUS, proposed)

    def snapshot(self) -> Mapping[str, object]:
        """Nothing is kept."""
        return {}

    def restore(self, snapshot: Mapping[str, object]) -> None:
        """Nothing was kept."""


STILL: Final = StillMechanism()
"""The mechanism of a device that measures nothing."""
