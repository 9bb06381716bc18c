"""What a joiner is, and the network it is a member of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.mac.primitives import CapabilityInformation


@dataclass(frozen=True, slots=True)
class JoinerProfile:
    """What a joiner is: its capability, where it scans, and whether it routes.

    `link_key` is what its install code gives.
    """

    capability: CapabilityInformation
    channels: tuple[Channel, ...]
    router: bool
    link_key: bytes | None = None

    @property
    def sleepy(self) -> bool:
        """Whether it listens only when it asks its parent."""
        return not self.capability.rx_on_when_idle


@dataclass(slots=True)
class Membership:
    """What a joiner keeps over a power cycle."""

    extended_pan_id: ExtendedPanId | None = None
    channel: Channel | None = None
    trust_centre: Eui64 | None = None
    suite: int | None = None
    """Of the key establishment whose link key we have; None without one."""

    def snapshot(self) -> dict[str, Any]:
        """The membership as JSON knows it."""
        channel = self.channel
        return {
            "extended_pan_id": self.extended_pan_id,
            "channel": None if channel is None else [channel.page, channel.number],
            "trust_centre": self.trust_centre,
            "suite": self.suite,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        channel = state["channel"]
        self.extended_pan_id = state["extended_pan_id"]
        self.channel = None if channel is None else Channel(*channel)
        self.trust_centre = state["trust_centre"]
        self.suite = state["suite"]
