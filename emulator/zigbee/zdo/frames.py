"""The ZDP frame, statuses and ids, and which command has which payload (R22 2.4)."""

from typing import Annotated, ClassVar, Final, Protocol, Self

from emulator.kernel.errors import WireError
from emulator.wire.codecs import U8, OpenEnum, Remaining, UInt
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ClusterId

RESPONSE: Final = 0x8000
"""The cluster of a response is that of its request with the topmost bit set (R22 2.4.2.8)."""


class ZdpStatus(OpenEnum):
    """ZDP enumeration (R22 Table 2-129)."""

    SUCCESS = 0x00
    INV_REQUESTTYPE = 0x80
    DEVICE_NOT_FOUND = 0x81
    INVALID_EP = 0x82
    NOT_ACTIVE = 0x83
    NOT_SUPPORTED = 0x84
    TIMEOUT = 0x85
    NO_MATCH = 0x86
    NO_ENTRY = 0x88
    NO_DESCRIPTOR = 0x89
    INSUFFICIENT_SPACE = 0x8A
    NOT_PERMITTED = 0x8B
    TABLE_FULL = 0x8C
    NOT_AUTHORIZED = 0x8D
    DEVICE_BINDING_TABLE_FULL = 0x8E


class ZdpCluster(OpenEnum):
    """Cluster ids of requests; responses add `RESPONSE` (R22 Tables 2-44, 2-87)."""

    NWK_ADDR = 0x0000
    IEEE_ADDR = 0x0001
    NODE_DESC = 0x0002
    POWER_DESC = 0x0003
    SIMPLE_DESC = 0x0004
    ACTIVE_EP = 0x0005
    MATCH_DESC = 0x0006
    DEVICE_ANNCE = 0x0013
    PARENT_ANNCE = 0x001F
    BIND = 0x0021
    UNBIND = 0x0022
    MGMT_LQI = 0x0031
    MGMT_RTG = 0x0032
    MGMT_BIND = 0x0033
    MGMT_LEAVE = 0x0034
    MGMT_PERMIT_JOINING = 0x0036
    MGMT_NWK_UPDATE = 0x0038


class ZdpFrame(Struct):
    """A ZDP frame: transaction sequence number, then the payload (R22 Figure 2-19)."""

    sequence: U8
    payload: Remaining


class ZdpCommand(Protocol):
    """A request or an announcement."""

    cluster: ClassVar[ZdpCluster]

    def encode(self) -> bytes:
        """Its payload."""
        ...

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """The command whose payload `data` is."""
        ...


class ZdpResponse(Protocol):
    """A response; every one begins with a status."""

    cluster: ClassVar[ZdpCluster]

    @property
    def status(self) -> ZdpStatus:
        """How the request ended."""
        ...

    def encode(self) -> bytes:
        """Its payload."""
        ...

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """The response whose payload `data` is."""
        ...


class Refusal(Struct):
    """A response that is a status and nothing else, as many devices refuse (R22 2.4.2.8)."""

    status: Annotated[ZdpStatus, UInt(1)]


def request_cluster(command: ZdpCommand) -> ClusterId:
    """The cluster a request is sent on."""
    return ClusterId(command.cluster)


def response_cluster(cluster: int) -> ClusterId:
    """The cluster the response to a request is sent on."""
    return ClusterId(cluster | RESPONSE)


def succeeded(response: ZdpResponse) -> bool:
    """Whether the fields that only a success has are there."""
    return bool(response.status == ZdpStatus.SUCCESS)


def decode_response(kind: type[ZdpResponse], payload: bytes) -> ZdpResponse | ZdpStatus:
    """The response, or its bare status where a refusal carries nothing else.

    Raises:
        WireError: when the octets are neither.
    """
    try:
        return kind.decode(payload)
    except WireError:
        if payload and payload[0] != ZdpStatus.SUCCESS:
            return Refusal.take(payload)[0].status
        raise
