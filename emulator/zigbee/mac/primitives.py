"""What MAC and NWK say to each other: MCPS and MLME primitives (IEEE 802.15.4-2006 7.1)."""

from dataclasses import dataclass
from typing import Annotated

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration
from emulator.radio.port import Channel, DutyMode
from emulator.wire.codecs import Bits, Flag, OpenEnum
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId


class MacStatus(OpenEnum):
    """MAC enumeration (IEEE 802.15.4-2006 Table 78)."""

    SUCCESS = 0x00
    CHANNEL_ACCESS_FAILURE = 0xE1
    FRAME_TOO_LONG = 0xE5
    INVALID_HANDLE = 0xE7
    INVALID_PARAMETER = 0xE8
    NO_ACK = 0xE9
    NO_BEACON = 0xEA
    NO_DATA = 0xEB
    TRANSACTION_EXPIRED = 0xF0
    TRANSACTION_OVERFLOW = 0xF1
    SCAN_IN_PROGRESS = 0xFC


class AssociationStatus(OpenEnum):
    """Association status field (IEEE 802.15.4-2006 Table 83)."""

    SUCCESS = 0x00
    PAN_AT_CAPACITY = 0x01
    PAN_ACCESS_DENIED = 0x02


class ScanKind(OpenEnum):
    """ScanType (IEEE 802.15.4-2006 Table 67)."""

    ENERGY = 0
    ACTIVE = 1


class CapabilityInformation(Struct):
    """What a joiner is able to (IEEE 802.15.4-2006 Figure 56, R22 Table 3-62)."""

    alternate_coordinator: Flag = False
    full_function_device: Flag = True
    mains_powered: Flag = True
    rx_on_when_idle: Flag = True
    reserved: Annotated[int, Bits(2)] = 0
    security_capability: Flag = False
    allocate_address: Flag = True


@quick
@dataclass(frozen=True, slots=True)
class McpsDataRequest:
    """NWK -> MAC: send `msdu`; `indirect` keeps it until the sleeping child polls.

    `interface` is where a broadcast goes out, None on every interface (R22 3.6.12).
    """

    handle: int
    destination: NwkAddress
    msdu: bytes
    ack: bool = True
    indirect: bool = False
    interface: int | None = None


@quick
@dataclass(frozen=True, slots=True)
class McpsDataConfirm:
    """MAC -> NWK: how the sending of `handle` ended."""

    handle: int
    status: MacStatus


@quick
@dataclass(frozen=True, slots=True)
class McpsDataIndication:
    """MAC -> NWK: a data frame for us or for everybody, no duplicate, and where it was heard."""

    source: NwkAddress
    destination: NwkAddress
    pan_id: PanId
    msdu: bytes
    lqi: int
    rssi: int
    interface: int = 0


@dataclass(frozen=True, slots=True)
class McpsPurgeRequest:
    """NWK -> MAC: forget the indirect transmission `handle`."""

    handle: int


@dataclass(frozen=True, slots=True)
class MlmeSetRequest:
    """NWK -> MAC: PIB attributes to change; None leaves one as it is (Table 86).

    A change of `coordinator`, `pan_id`, `short_address`, `channel` or `rx_on_when_idle`
    reconfigures the radio.
    """

    channel: Channel | None = None
    pan_id: PanId | None = None
    short_address: NwkAddress | None = None
    rx_on_when_idle: bool | None = None
    association_permit: bool | None = None
    beacon_payload: bytes | None = None
    coordinator: bool | None = None
    answers_beacon_requests: bool | None = None
    tx_power: int | None = None


@dataclass(frozen=True, slots=True)
class MlmeScanRequest:
    """NWK -> MAC: scan; each channel takes 960 * (2^duration + 1) symbols (7.1.11.1).

    The last two go into enhanced beacon requests, which ask below 1 GHz (R23 D.11.1): that only who
    admits joiners answers, or only who is on the network we come back to, and under which address.
    """

    kind: ScanKind
    channels: tuple[Channel, ...]
    duration: int
    permit_joining_only: bool = False
    rejoining: tuple[ExtendedPanId, NwkAddress] | None = None


@dataclass(frozen=True, slots=True)
class MlmeScanConfirm:
    """MAC -> NWK: the scan ended; `energies` are channel and level of an energy scan."""

    kind: ScanKind
    status: MacStatus
    energies: tuple[tuple[Channel, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MlmeBeaconNotifyIndication:
    """MAC -> NWK: a beacon was heard."""

    channel: Channel
    pan_id: PanId
    source: NwkAddress
    association_permit: bool
    pan_coordinator: bool
    payload: bytes
    lqi: int
    rssi: int


@dataclass(frozen=True, slots=True)
class MlmeAssociateRequest:
    """NWK -> MAC: associate with a coordinator or router."""

    channel: Channel
    pan_id: PanId
    coordinator: NwkAddress
    capability: CapabilityInformation


@dataclass(frozen=True, slots=True)
class MlmeAssociateIndication:
    """MAC -> NWK: a device asks to associate."""

    device: Eui64
    capability: CapabilityInformation


@dataclass(frozen=True, slots=True)
class MlmeAssociateResponse:
    """NWK -> MAC: the answer, kept until the device polls for it."""

    device: Eui64
    short_address: NwkAddress
    status: AssociationStatus


@dataclass(frozen=True, slots=True)
class MlmeAssociateConfirm:
    """MAC -> NWK: how our association ended.

    `status` speaks for the exchange, `association` for the answer where one came.
    """

    status: MacStatus
    association: AssociationStatus | None = None
    short_address: NwkAddress | None = None
    coordinator_eui64: Eui64 | None = None


@dataclass(frozen=True, slots=True)
class MlmeCommStatusIndication:
    """MAC -> NWK: how the sending of an association response ended."""

    device: Eui64
    status: MacStatus


@quick
@dataclass(frozen=True, slots=True)
class MlmePollRequest:
    """NWK -> MAC: ask the parent whether it holds something for us."""

    parent: NwkAddress


@quick
@dataclass(frozen=True, slots=True)
class MlmePollConfirm:
    """MAC -> NWK: SUCCESS when data follows, NO_DATA, NO_ACK or CHANNEL_ACCESS_FAILURE."""

    status: MacStatus


@quick
@dataclass(frozen=True, slots=True)
class MlmePollIndication:
    """MAC -> NWK: a child polled (R22 3.6.10, keep-alive by MAC data poll)."""

    source: NwkAddress


@dataclass(frozen=True, slots=True)
class MlmePowerRequest:
    """NWK -> MAC: send `delta` dB stronger to a neighbour, None with the usual power again.

    R22 Annex D.11.2 has this as MLME-SET-POWER-INFORMATION-TABLE.
    """

    address: NwkAddress
    delta: int | None


@dataclass(frozen=True, slots=True)
class MlmeDutyCycleModeIndication:
    """MAC -> above: the duty cycle of an interface came into another mode (R22 Annex D).

    NWK has nothing to add: it passes unchanged to whoever serves the Sub-GHz cluster.
    """

    interface: int
    mode: DutyMode
    used: Duration


@dataclass(frozen=True, slots=True)
class MlmeResetRequest:
    """NWK -> MAC: forget everything in flight, keep the PIB (SetDefaultPIB false)."""


MacRequest = (
    McpsDataRequest
    | McpsPurgeRequest
    | MlmeSetRequest
    | MlmeScanRequest
    | MlmeAssociateRequest
    | MlmeAssociateResponse
    | MlmePollRequest
    | MlmePowerRequest
    | MlmeResetRequest
)

MacIndication = (
    McpsDataConfirm
    | McpsDataIndication
    | MlmeScanConfirm
    | MlmeBeaconNotifyIndication
    | MlmeAssociateIndication
    | MlmeAssociateConfirm
    | MlmeCommStatusIndication
    | MlmePollConfirm
    | MlmePollIndication
    | MlmeDutyCycleModeIndication
)
