"""What a node knows of itself and of its network (NIB, R22 3.5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    COORDINATOR,
    NO_PAN,
    ExtendedPanId,
    NwkAddress,
    PanId,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import DeviceType

NO_EXTENDED_PAN_ID: Final = ExtendedPanId(0)
"""nwkExtendedPANId of a device without a network (R22 3.5.2)."""

NO_CHANNEL: Final = Channel(0, 11)
"""Where a device listens that was never on a network: the first channel of the 2.4 GHz page."""

MAINS_POWERED_ROUTER: Final = CapabilityInformation()

UNJOINED: Final = NwkAddress(BROADCAST_ALL)
"""nwkNetworkAddress of a device without a network (R22 3.5.2)."""


@dataclass(slots=True)
class Nib:
    """NIB attributes of one node.

    Args:
        second_channel: where the second interface of a dual-band hub is (nwkMacInterfaceTable).
        joined: whether we are on a network, with or without its key.
        authenticated: whether we hold its key.
        routing: whether we answer beacon requests and forward (NLME-START-ROUTER was asked).
        permit_joining: whether we admit associations.
        keep_alive_by_poll: whether our parent takes a MAC data poll as a sign of life.
        keep_alive_by_request: whether it takes an end device timeout request as one.
        power_negotiation: whether it negotiates the power of links (R22 3.6.11).
        manager: who manages the network (nwkManagerAddr).
        is_end_device: whether we neither forward nor have children.
        is_coordinator: whether the network is ours.
    """

    eui64: Eui64
    device_type: DeviceType
    sequence: int = 0
    nwk_address: NwkAddress = UNJOINED
    pan_id: PanId = NO_PAN
    extended_pan_id: ExtendedPanId = NO_EXTENDED_PAN_ID
    channel: Channel = NO_CHANNEL
    second_channel: Channel | None = None
    update_id: int = 0
    depth: int = 0
    capability: CapabilityInformation = MAINS_POWERED_ROUTER
    joined: bool = False
    authenticated: bool = False
    routing: bool = False
    permit_joining: bool = False
    keep_alive_by_poll: bool = False
    keep_alive_by_request: bool = False
    power_negotiation: bool = False
    manager: NwkAddress = COORDINATOR
    is_end_device: bool = field(init=False)
    is_coordinator: bool = field(init=False)

    def __post_init__(self) -> None:
        """Every frame asks what we are, and that never changes."""
        self.is_end_device = self.device_type is DeviceType.END_DEVICE
        self.is_coordinator = self.device_type is DeviceType.COORDINATOR

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channel of every interface."""
        second = self.second_channel
        return (self.channel,) if second is None else (self.channel, second)

    @property
    def rx_on_when_idle(self) -> bool:
        """Whether we listen while we have nothing to do."""
        return self.capability.rx_on_when_idle

    def next_sequence(self) -> int:
        """NwkSequenceNumber for one more frame (R22 3.6.2.1)."""
        sequence = self.sequence
        self.sequence = (sequence + 1) & 0xFF
        return sequence

    def leave(self) -> None:
        """Take back what belongs to a network (R22 3.6.1.10.4)."""
        self.nwk_address = UNJOINED
        self.pan_id = NO_PAN
        self.extended_pan_id = NO_EXTENDED_PAN_ID
        self.update_id = 0
        self.depth = 0
        self.joined = self.authenticated = self.routing = self.permit_joining = False
        self.keep_alive_by_poll = self.keep_alive_by_request = False
        self.power_negotiation = False
        self.manager = COORDINATOR

    def snapshot(self) -> dict[str, Any]:
        """What must survive a power cycle, as JSON knows it."""
        return {
            "nwk_address": self.nwk_address,
            "pan_id": self.pan_id,
            "extended_pan_id": f"{self.extended_pan_id:016x}",
            "page": self.channel.page,
            "channel": self.channel.number,
            "second_channel": None
            if self.second_channel is None
            else [self.second_channel.page, self.second_channel.number],
            "update_id": self.update_id,
            "depth": self.depth,
            "capability": self.capability.encode().hex(),
            "joined": self.joined,
            "authenticated": self.authenticated,
            "routing": self.routing,
            "keep_alive_by_poll": self.keep_alive_by_poll,
            "keep_alive_by_request": self.keep_alive_by_request,
            "power_negotiation": self.power_negotiation,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave; joining is not permitted until asked for again."""
        self.nwk_address = NwkAddress(state["nwk_address"])
        self.pan_id = PanId(state["pan_id"])
        self.extended_pan_id = ExtendedPanId(int(state["extended_pan_id"], 16))
        self.channel = Channel(state["page"], state["channel"])
        second = state["second_channel"]
        self.second_channel = None if second is None else Channel(*second)
        self.update_id = state["update_id"]
        self.depth = state["depth"]
        self.capability = CapabilityInformation.decode(bytes.fromhex(state["capability"]))
        self.joined = state["joined"]
        self.authenticated = state["authenticated"]
        self.routing = state["routing"]
        self.permit_joining = False
        self.keep_alive_by_poll = state["keep_alive_by_poll"]
        self.keep_alive_by_request = state["keep_alive_by_request"]
        self.power_negotiation = state["power_negotiation"]
