"""What NWK and the layers above say to each other: NLDE and NLME primitives (R22 3.2)."""

from dataclasses import dataclass
from enum import Enum

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.wire.codecs import OpenEnum
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.mac.primitives import CapabilityInformation


class NwkStatus(OpenEnum):
    """NWK layer status (R22 Table 3-73); MAC statuses pass through with their own codes."""

    SUCCESS = 0x00
    INVALID_PARAMETER = 0xC1
    INVALID_REQUEST = 0xC2
    NOT_PERMITTED = 0xC3
    STARTUP_FAILURE = 0xC4
    NEIGHBOR_TABLE_FULL = 0xC7
    UNKNOWN_DEVICE = 0xC8
    NO_NETWORKS = 0xCA
    MAX_FRM_COUNTER = 0xCC
    NO_KEY = 0xCD
    ROUTE_ERROR = 0xD0
    MAC_CHANNEL_ACCESS_FAILURE = 0xE1
    MAC_NO_ACK = 0xE9
    MAC_NO_DATA = 0xEB
    MAC_TRANSACTION_EXPIRED = 0xF0
    MAC_TRANSACTION_OVERFLOW = 0xF1


class DeviceType(Enum):
    """Logical device type (R22 Table 3-62)."""

    COORDINATOR = 0
    ROUTER = 1
    END_DEVICE = 2


class JoinMethod(Enum):
    """How a device comes onto the network (R22 Table 3-21, RejoinNetwork)."""

    ASSOCIATION = 0
    REJOIN = 2


@quick
@dataclass(frozen=True, slots=True)
class NldeDataRequest:
    """APS -> NWK: send `nsdu` to a device or a broadcast address (3.2.1.1).

    `security` is off only for what a device without the network key must read.
    """

    handle: int
    destination: NwkAddress
    nsdu: bytes
    radius: int = 30
    security: bool = True
    extended_source: bool = False


@quick
@dataclass(frozen=True, slots=True)
class NldeDataConfirm:
    """NWK -> APS: the next hop has it (or nobody would take it)."""

    handle: int
    status: NwkStatus


@quick
@dataclass(frozen=True, slots=True)
class NldeDataIndication:
    """NWK -> APS: a frame for us or for everybody; `secured` says the network key opened it."""

    source: NwkAddress
    source_eui64: Eui64 | None
    destination: NwkAddress
    nsdu: bytes
    secured: bool
    lqi: int
    rssi: int


@dataclass(frozen=True, slots=True)
class NetworkDescriptor:
    """A network as its beacons show it (R22 Table 3-12), by the best router heard."""

    extended_pan_id: ExtendedPanId
    pan_id: PanId
    channel: Channel
    permit_joining: bool
    router_capacity: bool
    end_device_capacity: bool
    update_id: int
    stack_profile: int
    parent: NwkAddress
    depth: int
    lqi: int


@dataclass(frozen=True, slots=True)
class NlmeNetworkDiscoveryRequest:
    """Scan for networks (3.2.2.3)."""

    channels: tuple[Channel, ...]
    duration: int


@dataclass(frozen=True, slots=True)
class NlmeNetworkDiscoveryConfirm:
    """Every network heard, in the order of channel and link quality, best first."""

    status: NwkStatus
    networks: tuple[NetworkDescriptor, ...]


@dataclass(frozen=True, slots=True)
class NlmeNetworkFormationRequest:
    """Form a network as coordinator on the quietest of `channels` (3.2.2.5).

    `pan_id` None lets the layer draw one that no beacon showed; `extended_pan_id` None is our own
    EUI-64 (R22 3.6.1.1).
    """

    channels: tuple[Channel, ...]
    duration: int
    pan_id: PanId | None = None
    extended_pan_id: ExtendedPanId | None = None


@dataclass(frozen=True, slots=True)
class NlmeNetworkFormationConfirm:
    """Formed, or STARTUP_FAILURE."""

    status: NwkStatus
    channel: Channel | None = None
    pan_id: PanId | None = None
    extended_pan_id: ExtendedPanId | None = None


@dataclass(frozen=True, slots=True)
class NlmePermitJoiningRequest:
    """Admit associations for `seconds`; 0 closes, 255 leaves it open (3.2.2.7)."""

    seconds: int


@dataclass(frozen=True, slots=True)
class NlmeJoinRequest:
    """Join or rejoin the network `extended_pan_id` (3.2.2.11).

    For ASSOCIATION the network must have been heard in the last discovery. REJOIN scans
    `channels`; `secured` uses the network key, without it the trust centre must send a new one.
    """

    extended_pan_id: ExtendedPanId
    method: JoinMethod
    capability: CapabilityInformation
    channels: tuple[Channel, ...] = ()
    scan_duration: int = 3
    secured: bool = False


@dataclass(frozen=True, slots=True)
class NlmeJoinConfirm:
    """How our own joining ended."""

    status: NwkStatus
    nwk_address: NwkAddress | None = None
    pan_id: PanId | None = None
    extended_pan_id: ExtendedPanId | None = None
    channel: Channel | None = None
    parent: NwkAddress | None = None


@dataclass(frozen=True, slots=True)
class NlmeJoinIndication:
    """A device joined or rejoined through us (3.2.2.12); `secured` tells a secured rejoin."""

    nwk_address: NwkAddress
    eui64: Eui64
    capability: CapabilityInformation
    method: JoinMethod
    secured: bool


@dataclass(frozen=True, slots=True)
class NlmeStartRouterRequest:
    """Begin to route: answer beacon requests, send link status (3.2.2.9)."""


@dataclass(frozen=True, slots=True)
class NlmeLeaveRequest:
    """Leave (device None), or make a child leave (3.2.2.16)."""

    device: Eui64 | None = None
    remove_children: bool = False
    rejoin: bool = False


@dataclass(frozen=True, slots=True)
class NlmeLeaveIndication:
    """A device left; `device` None: we were told to leave, or did (3.2.2.17)."""

    device: Eui64 | None
    rejoin: bool


@dataclass(frozen=True, slots=True)
class NlmeLeaveConfirm:
    """The leave command is out, or what hindered it."""

    status: NwkStatus
    device: Eui64 | None


@dataclass(frozen=True, slots=True)
class NlmeSyncRequest:
    """Poll the parent once, now (3.2.2.22)."""


@dataclass(frozen=True, slots=True)
class NlmeSyncConfirm:
    """What came of the poll: SUCCESS with or without data, or the MAC's failure."""

    status: NwkStatus


@dataclass(frozen=True, slots=True)
class NlmePollControl:
    """Poll the parent every `interval` microseconds by itself; 0 stops (R22 3.6.10)."""

    interval: int


@dataclass(frozen=True, slots=True)
class NlmeNwkStatusIndication:
    """A network status command or a failure of our own: parent lost, no route (3.2.2.30)."""

    status: "NetworkStatusCode"
    address: NwkAddress


class NetworkStatusCode(OpenEnum):
    """Network status command codes (R22 Table 3-43)."""

    NO_ROUTE_AVAILABLE = 0x00
    TREE_LINK_FAILURE = 0x01
    NON_TREE_LINK_FAILURE = 0x02
    LOW_BATTERY_LEVEL = 0x03
    NO_ROUTING_CAPACITY = 0x04
    NO_INDIRECT_CAPACITY = 0x05
    INDIRECT_TRANSACTION_EXPIRY = 0x06
    TARGET_DEVICE_UNAVAILABLE = 0x07
    TARGET_ADDRESS_UNALLOCATED = 0x08
    PARENT_LINK_FAILURE = 0x09
    VALIDATE_ROUTE = 0x0A
    SOURCE_ROUTE_FAILURE = 0x0B
    MANY_TO_ONE_ROUTE_FAILURE = 0x0C
    ADDRESS_CONFLICT = 0x0D
    VERIFY_ADDRESSES = 0x0E
    PAN_IDENTIFIER_UPDATE = 0x0F
    NETWORK_ADDRESS_UPDATE = 0x10
    BAD_FRAME_COUNTER = 0x11
    BAD_KEY_SEQUENCE_NUMBER = 0x12
    UNKNOWN_COMMAND = 0x13


@dataclass(frozen=True, slots=True)
class NlmeSetKeyRequest:
    """APS or ZDO -> NWK: install a network key; `activate` makes it the one we send under."""

    key: bytes
    sequence: int
    activate: bool = True


@dataclass(frozen=True, slots=True)
class NlmeSwitchKeyRequest:
    """APS or ZDO -> NWK: send under the network key of that number (R22 4.4.7.2)."""

    sequence: int


@dataclass(frozen=True, slots=True)
class NlmeSetAddressMapRequest:
    """ZDO or APS -> NWK: this EUI-64 has that short address (a device announce said so)."""

    eui64: Eui64
    nwk_address: NwkAddress


@dataclass(frozen=True, slots=True)
class NlmeEnergyScanRequest:
    """ZDO -> NWK: measure the energy on channels (3.2.2.26)."""

    handle: int
    channels: tuple[Channel, ...]
    duration: int


@dataclass(frozen=True, slots=True)
class NlmeEnergyScanConfirm:
    """What was measured, None where it could not be; and what was sent, and failed, so far."""

    handle: int
    energies: tuple[tuple[Channel, int], ...] | None
    total: int
    failures: int


@dataclass(frozen=True, slots=True)
class NlmeChannelRequest:
    """ZDO -> NWK: change to a channel after the broadcast delivery time (2.4.3.3.9)."""

    channel: Channel
    update_id: int


@dataclass(frozen=True, slots=True)
class NlmeManagerRequest:
    """ZDO -> NWK: who manages the network from now on (2.4.3.3.9)."""

    manager: NwkAddress
    update_id: int


@dataclass(frozen=True, slots=True)
class NlmeTransmitFailures:
    """NWK -> above: more of our frames failed than a network should lose (R22 Annex E)."""

    total: int
    failures: int


@dataclass(frozen=True, slots=True)
class NlmeResetRequest:
    """Forget the network, or with `warm` only what is in flight (3.2.2.19).

    A warm reset of a device that is on a network brings its MAC up on that network again: this is
    how a node starts after a power cycle, once its state was restored.
    """

    warm: bool = False


NwkRequest = (
    NldeDataRequest
    | NlmeNetworkDiscoveryRequest
    | NlmeNetworkFormationRequest
    | NlmePermitJoiningRequest
    | NlmeJoinRequest
    | NlmeStartRouterRequest
    | NlmeLeaveRequest
    | NlmeSyncRequest
    | NlmePollControl
    | NlmeSetKeyRequest
    | NlmeSwitchKeyRequest
    | NlmeSetAddressMapRequest
    | NlmeEnergyScanRequest
    | NlmeChannelRequest
    | NlmeManagerRequest
    | NlmeResetRequest
)

NwkIndication = (
    NldeDataConfirm
    | NldeDataIndication
    | NlmeNetworkDiscoveryConfirm
    | NlmeNetworkFormationConfirm
    | NlmeJoinConfirm
    | NlmeJoinIndication
    | NlmeLeaveIndication
    | NlmeLeaveConfirm
    | NlmeSyncConfirm
    | NlmeNwkStatusIndication
    | NlmeEnergyScanConfirm
    | NlmeTransmitFailures
)
