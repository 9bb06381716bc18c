"""The network key that a trust centre made for its network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.kernel.streams import Stream


@dataclass(slots=True)
class NetworkKey:
    """Sixteen octets and their sequence number, until the trust centre updates them."""

    octets: bytes = b""
    sequence: int = 0

    def make(self, stream: Stream) -> None:
        """Draw a key, unless there is one."""
        self.octets = self.octets or stream.octets(16)

    def replace(self, successor: "NetworkKey") -> None:
        """Be another key from now on."""
        self.octets, self.sequence = successor.octets, successor.sequence

    def snapshot(self) -> dict[str, Any]:
        """The key, as JSON knows it."""
        return {"octets": self.octets.hex(), "sequence": self.sequence}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.octets = bytes.fromhex(state["octets"])
        self.sequence = state["sequence"]
