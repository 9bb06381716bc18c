"""What the cluster library and the applications of a node say to each other."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant
from emulator.wire.codecs import OpenEnum
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus, KeyOrigin


class ZclStatus(OpenEnum):
    """ZCL status (ZCL8 Table 2-12)."""

    SUCCESS = 0x00
    FAILURE = 0x01
    NOT_AUTHORIZED = 0x7E
    MALFORMED_COMMAND = 0x80
    UNSUP_COMMAND = 0x81
    INVALID_FIELD = 0x85
    UNSUPPORTED_ATTRIBUTE = 0x86
    INVALID_VALUE = 0x87
    READ_ONLY = 0x88
    INSUFFICIENT_SPACE = 0x89
    NOT_FOUND = 0x8B
    UNREPORTABLE_ATTRIBUTE = 0x8C
    INVALID_DATA_TYPE = 0x8D
    WRITE_ONLY = 0x8F
    INCONSISTENT = 0x92
    TIMEOUT = 0x94
    ABORT = 0x95
    INVALID_IMAGE = 0x96
    WAIT_FOR_DATA = 0x97
    NO_IMAGE_AVAILABLE = 0x98
    UNSUPPORTED_CLUSTER = 0xC3


class Side(StrEnum):
    """Which side of a cluster; a command's direction names the side it goes to."""

    SERVER = "server"
    CLIENT = "client"


class Outcome(Enum):
    """How an exchange that we began ended."""

    ANSWERED = "answered"
    DELIVERED = "delivered"
    """No answer was asked for, and the transport has it there."""
    NOT_DELIVERED = "not delivered"
    TIMED_OUT = "timed out"


@quick
@dataclass(frozen=True, slots=True)
class ZclAddress:
    """The far end of an exchange."""

    nwk_address: NwkAddress
    endpoint: Endpoint


@quick
@dataclass(frozen=True, slots=True)
class ZclCommandRequest:
    """Application -> ZCL: send a command, ours or as an answer.

    Args:
        to_side: the side of the cluster at the far end that it is for.
        general: a foundation command ("profile-wide", ZCL8 2.4.1.1) rather than the cluster's own.
        sequence: transaction number it answers; None begins an exchange with a new one.
        expects_answer: whether the confirm waits for a command with the same transaction number.
        own_answer: whether a command of the cluster can be that answer; with False only a default
            response is, and what the far end begins under the same number is its own.
        link_key: None leaves it to the key policy of the cluster.
        timeout: how long an answer is waited for once delivered; None takes the node's setting
            (a peer that sleeps needs longer).
    """

    handle: int
    destination: ZclAddress
    source_endpoint: Endpoint
    cluster: ClusterId
    command: int
    payload: bytes
    to_side: Side = Side.SERVER
    general: bool = False
    sequence: int | None = None
    expects_answer: bool = False
    disable_default_response: bool = False
    link_key: bool | None = None
    ack: bool = True
    timeout: Duration | None = None
    own_answer: bool = True


@quick
@dataclass(frozen=True, slots=True)
class ZclAnswer:
    """The command that answered: a cluster command, or a default response with its status."""

    command: int
    general: bool
    payload: bytes
    security: ApsSecurity


@quick
@dataclass(frozen=True, slots=True)
class ZclCommandConfirm:
    """ZCL -> application: the exchange ended."""

    handle: int
    outcome: Outcome
    aps_status: ApsStatus
    answer: ZclAnswer | None = None


@quick
@dataclass(frozen=True, slots=True)
class ZclCommandIndication:
    """ZCL -> applications: a cluster command came; every application sees it, one acts on it.

    `sequence` and `aps_counter` identify it; `key_origin` tells which link key opened it.
    """

    source: ZclAddress
    source_eui64: Eui64 | None
    endpoint: Endpoint
    cluster: ClusterId
    command: int
    payload: bytes
    to_side: Side
    sequence: int
    disable_default_response: bool
    security: ApsSecurity
    key_origin: KeyOrigin | None
    aps_counter: int


@quick
@dataclass(frozen=True, slots=True)
class AttributeValue:
    """An attribute with its value in Python: int, bytes, str, bool, float, tuple or None."""

    attribute: int
    data_type: int
    value: object


@dataclass(frozen=True, slots=True)
class AttributeResult:
    """One record of a read or write answer; `value` only where the status is SUCCESS."""

    attribute: int
    status: ZclStatus
    value: object = None


@dataclass(frozen=True, slots=True)
class ReadAttributesRequest:
    """Application -> ZCL: read attributes at the far end (ZCL8 2.5.1)."""

    handle: int
    destination: ZclAddress
    source_endpoint: Endpoint
    cluster: ClusterId
    attributes: tuple[int, ...]
    to_side: Side = Side.SERVER
    link_key: bool | None = None
    timeout: Duration | None = None


@dataclass(frozen=True, slots=True)
class ReadAttributesConfirm:
    """ZCL -> application: what was read; `refusal` is a default response in place of an answer."""

    handle: int
    outcome: Outcome
    results: tuple[AttributeResult, ...] = ()
    refusal: ZclStatus | None = None


@dataclass(frozen=True, slots=True)
class ReportAttributesRequest:
    """Application -> ZCL: report attributes to the far end (ZCL8 2.5.11)."""

    handle: int
    destination: ZclAddress
    source_endpoint: Endpoint
    cluster: ClusterId
    attributes: tuple[int, ...]
    from_side: Side = Side.SERVER


@dataclass(frozen=True, slots=True)
class ReportAttributesIndication:
    """ZCL -> applications: a report came.

    `sequence` is for the default response of an application that judges reports.
    """

    source: ZclAddress
    source_eui64: Eui64 | None
    endpoint: Endpoint
    cluster: ClusterId
    from_side: Side
    values: tuple[AttributeValue, ...]
    sequence: int = 0
    disable_default_response: bool = True


@quick
@dataclass(frozen=True, slots=True)
class SetAttributeRequest:
    """Application -> ZCL: give our own attribute a value (the store is this node's own)."""

    endpoint: Endpoint
    cluster: ClusterId
    side: Side
    attribute: int
    value: object


@dataclass(frozen=True, slots=True)
class AttributeWrittenIndication:
    """ZCL -> applications: the far end wrote one of our attributes."""

    source: ZclAddress
    endpoint: Endpoint
    cluster: ClusterId
    attribute: int
    value: object


@dataclass(frozen=True, slots=True)
class SuspendPeerRequest:
    """Application -> ZCL: exchange nothing with a peer until then; None ends it (ZSE 1.4, 0x070B).

    Messages of the Sub-GHz cluster itself pass.
    """

    peer: NwkAddress
    until: Instant | None


@dataclass(frozen=True, slots=True)
class SuspendedTrafficIndication:
    """ZCL -> applications: a suspended peer sent a command, which was not looked at."""

    source: ZclAddress
    cluster: ClusterId


ZclRequest = (
    ZclCommandRequest
    | ReadAttributesRequest
    | ReportAttributesRequest
    | SetAttributeRequest
    | SuspendPeerRequest
)

ZclIndication = (
    ZclCommandConfirm
    | ZclCommandIndication
    | ReadAttributesConfirm
    | ReportAttributesIndication
    | AttributeWrittenIndication
    | SuspendedTrafficIndication
)
