"""What APS and the layers above say to each other: APSDE and APSME primitives (R22 2.2.4, 4.4)."""

from dataclasses import dataclass
from enum import Enum

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.wire.codecs import OpenEnum
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, ProfileId


class ApsStatus(OpenEnum):
    """APS status (R22 Table 2-27)."""

    SUCCESS = 0x00
    ASDU_TOO_LONG = 0xA0
    DEFRAG_DEFERRED = 0xA1
    DEFRAG_UNSUPPORTED = 0xA2
    ILLEGAL_REQUEST = 0xA3
    INVALID_BINDING = 0xA4
    INVALID_PARAMETER = 0xA6
    NO_ACK = 0xA7
    NO_BOUND_DEVICE = 0xA8
    NO_SHORT_ADDRESS = 0xA9
    SECURITY_FAIL = 0xAD
    TABLE_FULL = 0xAE
    NWK_FAILURE = 0xD0


class ApsSecurity(Enum):
    """What protected a frame, as the APSDE-DATA.indication's SecurityStatus says (Table 2-4)."""

    UNSECURED = "unsecured"
    NWK_KEY = "nwk key"
    LINK_KEY = "link key"


class KeyOrigin(Enum):
    """Where the link key shared with a device comes from."""

    PRECONFIGURED = "preconfigured"
    """Derived from the install code (ZSE 1.4 5.4.8)."""
    CBKE = "cbke"
    """Agreed by certificate-based key establishment (ZSE 1.4 Annex C)."""
    HASHED = "hashed"
    """Hash of the key agreed with a trust centre that was exchanged for another (ZSE 1.4 5.4)."""

    APPLICATION = "application"
    """Shared by two devices, made by the trust centre for them (R22 4.4.3.2, Table 4-9)."""

    HISTORIC = "historic"
    """Agreed with a device that is registered no more; kept for its return (GBCS CCS01, CCS02)."""

    @property
    def protects_data(self) -> bool:
        """Whether data may come under it (ZSE 1.4 5.4.6)."""
        return self in (KeyOrigin.CBKE, KeyOrigin.APPLICATION)


class TransportKeyType(OpenEnum):
    """StandardKeyType (R22 Table 4-9)."""

    STANDARD_NETWORK_KEY = 0x01
    APPLICATION_LINK_KEY = 0x03
    TRUST_CENTRE_LINK_KEY = 0x04


class UpdateDeviceStatus(OpenEnum):
    """What happened to the device (R22 Table 4-14)."""

    STANDARD_SECURED_REJOIN = 0x00
    STANDARD_UNSECURED_JOIN = 0x01
    DEVICE_LEFT = 0x02
    STANDARD_UNSECURED_REJOIN = 0x03


@quick
@dataclass(frozen=True, slots=True)
class ApsdeDataRequest:
    """Above -> APS: send `asdu` (2.2.4.1.1).

    Args:
        link_key: protect it with the link key shared with the destination, besides the network key.
        ack: ask the far end's APS for an acknowledgement; the confirm then waits for it.
    """

    handle: int
    destination: NwkAddress
    destination_endpoint: Endpoint
    source_endpoint: Endpoint
    profile: ProfileId
    cluster: ClusterId
    asdu: bytes
    ack: bool = True
    link_key: bool = False
    radius: int = 30


@quick
@dataclass(frozen=True, slots=True)
class ApsdeDataConfirm:
    """APS -> above: acknowledged by the far end, or sent, or why not."""

    handle: int
    destination: NwkAddress
    status: ApsStatus


@quick
@dataclass(frozen=True, slots=True)
class ApsdeDataIndication:
    """APS -> above: a message, whole and no duplicate.

    Args:
        source_eui64: who sent it, where the address map or the frame tells.
        security: which keys protected it.
        key_origin: which kind of link key, when it was one.
        counter: the APS counter it came with (some rules of key establishment speak of it).
    """

    source: NwkAddress
    source_eui64: Eui64 | None
    source_endpoint: Endpoint
    destination: NwkAddress
    destination_endpoint: Endpoint
    profile: ProfileId
    cluster: ClusterId
    asdu: bytes
    security: ApsSecurity
    key_origin: KeyOrigin | None
    counter: int
    lqi: int
    rssi: int


@dataclass(frozen=True, slots=True)
class ApsmeTransportKeyRequest:
    """Trust centre -> APS: send a key to a device (4.4.3.1).

    Args:
        destination: whom it is for.
        nwk_address: where that device is.
        parent: the router that must relay it in a Tunnel command; None when we are the parent,
            or the device already holds the network key.
        nwk_security: whether the device already holds the network key.
        partner: with whom the device is to share an application link key.
        initiator: whether the device asked for that key.
    """

    destination: Eui64
    nwk_address: NwkAddress
    key_type: TransportKeyType
    key: bytes
    sequence: int = 0
    parent: NwkAddress | None = None
    nwk_security: bool = False
    partner: Eui64 | None = None
    initiator: bool = False


@dataclass(frozen=True, slots=True)
class ApsmeTransportKeyIndication:
    """APS -> above: a key came, protected by a key derived from our link key (4.4.3.2).

    Args:
        partner: whom an application link key is shared with.
    """

    source: Eui64
    key_type: TransportKeyType
    key: bytes
    sequence: int
    key_origin: KeyOrigin
    partner: Eui64 | None = None


@dataclass(frozen=True, slots=True)
class ApsmeRequestKeyRequest:
    """Above -> APS: ask the trust centre for a key to share with `partner` (4.4.6.1)."""

    partner: Eui64


@dataclass(frozen=True, slots=True)
class ApsmeRequestKeyIndication:
    """APS -> trust centre: `source` asks for a key to share with `partner` (4.4.6.2)."""

    source: Eui64
    partner: Eui64


@dataclass(frozen=True, slots=True)
class ApsmeSwitchKeyRequest:
    """Trust centre -> APS: have `destination` use the network key of that number (4.4.7.1)."""

    destination: NwkAddress
    sequence: int


@dataclass(frozen=True, slots=True)
class ApsmeSwitchKeyIndication:
    """APS -> above: the trust centre says which network key to use (4.4.7.2)."""

    source: Eui64
    sequence: int


@dataclass(frozen=True, slots=True)
class ApsmeUpdateDeviceRequest:
    """Router -> APS: tell the trust centre who joined, rejoined or left through us (4.4.4.1)."""

    destination: NwkAddress
    device: Eui64
    device_address: NwkAddress
    status: UpdateDeviceStatus


@dataclass(frozen=True, slots=True)
class ApsmeUpdateDeviceIndication:
    """APS -> trust centre: `source` says who joined, rejoined or left through it (4.4.4.2)."""

    source: NwkAddress
    source_eui64: Eui64 | None
    device: Eui64
    device_address: NwkAddress
    status: UpdateDeviceStatus


@dataclass(frozen=True, slots=True)
class ApsmeRemoveDeviceRequest:
    """Trust centre -> APS: have `parent` remove its child `target`, or itself (4.4.5.1)."""

    parent: NwkAddress
    target: Eui64


@dataclass(frozen=True, slots=True)
class ApsmeRemoveDeviceIndication:
    """APS -> ZDO: the trust centre wants `target` removed (4.4.5.2)."""

    source: Eui64
    target: Eui64
    security: ApsSecurity


@dataclass(frozen=True, slots=True)
class ApsmeSetLinkKeyRequest:
    """Above -> APS: the link key shared with `eui64`; replaces an older one, restarts its counters.

    None as key forgets the pair.
    """

    eui64: Eui64
    key: bytes | None
    origin: KeyOrigin = KeyOrigin.PRECONFIGURED


@dataclass(frozen=True, slots=True)
class ApsmeSetTrustCentreRequest:
    """Above -> APS: who the trust centre is (apsTrustCenterAddress, R22 Table 4-36)."""

    eui64: Eui64


@dataclass(frozen=True, slots=True)
class ApsmeSetSleepyRequest:
    """ZDO -> APS: whether `eui64` sleeps between polls, so that its answers take longer."""

    eui64: Eui64
    sleepy: bool


@dataclass(frozen=True, slots=True)
class ApsmeResetRequest:
    """Above -> APS: drop what is in flight; without `warm` also keys, bindings and counters."""

    warm: bool = True


ApsRequest = (
    ApsdeDataRequest
    | ApsmeTransportKeyRequest
    | ApsmeRequestKeyRequest
    | ApsmeSwitchKeyRequest
    | ApsmeUpdateDeviceRequest
    | ApsmeRemoveDeviceRequest
    | ApsmeSetLinkKeyRequest
    | ApsmeSetTrustCentreRequest
    | ApsmeSetSleepyRequest
    | ApsmeResetRequest
)

ApsIndication = (
    ApsdeDataConfirm
    | ApsdeDataIndication
    | ApsmeTransportKeyIndication
    | ApsmeRequestKeyIndication
    | ApsmeSwitchKeyIndication
    | ApsmeUpdateDeviceIndication
    | ApsmeRemoveDeviceIndication
)
