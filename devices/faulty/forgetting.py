"""A remote-party side that forgets something when it has no power."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.smart_energy.device import Applications, Persistent

Memory = dict[str, Any]
Forget = Callable[[Memory, Memory], Memory]
"""What is left of a memory, given that of the device as it left the factory."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What survives a loss of power.

    Args:
        machine: the good one.
        fresh: its memory when it left the factory.
        forget: what is left of its memory.
    """

    machine: RemotePartyMachine
    fresh: Memory
    forget: Forget

    def snapshot(self) -> dict[str, Any]:
        """What is kept, as JSON knows it."""
        return self.forget(self.machine.snapshot(), self.fresh)

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.machine.restore(state)


def forgetting(good: Applications, forget: Forget) -> Applications:
    """Applications whose remote-party side forgets."""
    kept: dict[str, Persistent] = {
        name: Forgetting(each, each.snapshot(), forget)
        if isinstance(each, RemotePartyMachine)
        else each
        for name, each in good.persistent.items()
    }
    return replace(good, persistent=kept)
