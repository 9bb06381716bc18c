"""A remote-party side that forgets counters when it has no power (against GBCS 4.3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.smart_energy.device import Applications, Persistent


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What survives a loss of power: everything but the counters of remote parties.

    Args:
        machine: the good one.
    """

    machine: RemotePartyMachine

    def snapshot(self) -> dict[str, Any]:
        """What is kept, as JSON knows it."""
        kept = self.machine.snapshot()
        identity = kept["identity"]
        anchors = {**identity["anchors"], "counters": []}
        return {**kept, "identity": {**identity, "anchors": anchors}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.machine.restore(state)


def forgetting(good: Applications) -> Applications:
    """Applications whose remote-party side forgets counters."""
    kept: dict[str, Persistent] = {
        name: Forgetting(each) if isinstance(each, RemotePartyMachine) else each
        for name, each in good.persistent.items()
    }
    return replace(good, persistent=kept)
