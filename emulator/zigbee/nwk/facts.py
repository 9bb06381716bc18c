"""What the NWK layer tells a tester who reads the trace."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.nwk.primitives import DeviceType, NetworkStatusCode


@dataclass(frozen=True, slots=True)
class NetworkFormed:
    """We are the coordinator of a new network."""

    kind: ClassVar[str] = "network_formed"
    channel: Channel
    pan_id: PanId
    extended_pan_id: ExtendedPanId


@dataclass(frozen=True, slots=True)
class SecondInterfaceStarted:
    """The network of a dual-band hub is on this channel below 1 GHz as well."""

    kind: ClassVar[str] = "second_interface_started"
    channel: Channel


@dataclass(frozen=True, slots=True)
class NetworkResumed:
    """We are back on the network we were on before we restarted."""

    kind: ClassVar[str] = "network_resumed"
    channel: Channel
    pan_id: PanId
    nwk_address: NwkAddress


@dataclass(frozen=True, slots=True)
class PermitJoiningChanged:
    """We admit associations from now on, or no more."""

    kind: ClassVar[str] = "permit_joining_changed"
    permitted: bool


@dataclass(frozen=True, slots=True)
class Associated:
    """We joined a network by association; we hold no network key yet."""

    kind: ClassVar[str] = "associated"
    channel: Channel
    pan_id: PanId
    nwk_address: NwkAddress
    parent: NwkAddress


@dataclass(frozen=True, slots=True)
class Rejoined:
    """We are on a network again; without `secured` we wait for its key."""

    kind: ClassVar[str] = "rejoined"
    channel: Channel
    pan_id: PanId
    nwk_address: NwkAddress
    parent: NwkAddress
    secured: bool


@dataclass(frozen=True, slots=True)
class JoinAttemptFailed:
    """A parent did not take us; another one may."""

    kind: ClassVar[str] = "join_attempt_failed"
    parent: NwkAddress
    reason: str


@dataclass(frozen=True, slots=True)
class ChildAdmitted:
    """A device became our child; it is not authenticated unless it rejoined secured."""

    kind: ClassVar[str] = "child_admitted"
    eui64: Eui64
    nwk_address: NwkAddress
    device_type: DeviceType
    authenticated: bool


@dataclass(frozen=True, slots=True)
class ChildRefused:
    """A device asked to become our child and may not."""

    kind: ClassVar[str] = "child_refused"
    eui64: Eui64
    reason: str


@dataclass(frozen=True, slots=True)
class ChildAuthenticated:
    """A child showed that it holds the network key."""

    kind: ClassVar[str] = "child_authenticated"
    eui64: Eui64
    nwk_address: NwkAddress


@dataclass(frozen=True, slots=True)
class ChildDropped:
    """A device is our child no more; the reason cites the rule."""

    kind: ClassVar[str] = "child_dropped"
    eui64: Eui64
    nwk_address: NwkAddress
    reason: str


@dataclass(frozen=True, slots=True)
class NetworkKeyInstalled:
    """We hold a network key; with `active` we send under it."""

    kind: ClassVar[str] = "network_key_installed"
    sequence: int
    active: bool


@dataclass(frozen=True, slots=True)
class NetworkKeySwitched:
    """We send under that network key from now on; the reason is a command or another's frame."""

    kind: ClassVar[str] = "network_key_switched"
    sequence: int
    reason: str


@dataclass(frozen=True, slots=True)
class NetworkKeyUnknown:
    """We were to switch to a network key that we do not hold."""

    kind: ClassVar[str] = "network_key_unknown"
    sequence: int


@dataclass(frozen=True, slots=True)
class NeighbourHeard:
    """A router we did not know sent a link status."""

    kind: ClassVar[str] = "neighbour_heard"
    nwk_address: NwkAddress
    lqi: int


@dataclass(frozen=True, slots=True)
class NeighbourAged:
    """A router sent no link status for nwkRouterAgeLimit periods."""

    kind: ClassVar[str] = "neighbour_aged"
    nwk_address: NwkAddress


@dataclass(frozen=True, slots=True)
class RouteLearned:
    """Frames for `destination` go through `next_hop` from now on."""

    kind: ClassVar[str] = "route_learned"
    destination: NwkAddress
    next_hop: NwkAddress


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """A frame that we sent or forwarded did not reach the next hop."""

    kind: ClassVar[str] = "delivery_failed"
    destination: NwkAddress
    next_hop: NwkAddress
    reason: str


@dataclass(frozen=True, slots=True)
class NetworkStatusReceived:
    """Another device reported a failure."""

    kind: ClassVar[str] = "network_status_received"
    reporter: NwkAddress
    status: NetworkStatusCode
    address: NwkAddress


@dataclass(frozen=True, slots=True)
class ParentLost:
    """An end device reaches its parent no more."""

    kind: ClassVar[str] = "parent_lost"
    parent: NwkAddress
    failures: int


@dataclass(frozen=True, slots=True)
class TimeoutNegotiated:
    """Parent and child agreed how long the child may be silent."""

    kind: ClassVar[str] = "timeout_negotiated"
    nwk_address: NwkAddress
    timeout: int


@dataclass(frozen=True, slots=True)
class LeftNetwork:
    """We are on the network no more; with `rejoin` we may come back under the same key."""

    kind: ClassVar[str] = "left_network"
    rejoin: bool
    reason: str


@dataclass(frozen=True, slots=True)
class UnexpectedEvent:
    """A procedure got what its state does not expect; the state stayed as it was."""

    kind: ClassVar[str] = "unexpected_event"
    procedure: str
    state: str
    event: str
