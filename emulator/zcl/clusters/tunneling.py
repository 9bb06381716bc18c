"""The Tunneling cluster (ZSE 1.4 D.6): its attributes, commands and their payloads."""

from enum import IntEnum
from typing import Annotated, Final

from emulator.wire.codecs import U8, U16, Many, OpenEnum, Remaining, UInt
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId


class ToServer(IntEnum):
    """Commands that the server side receives (ZSE 1.4 D.6.2.4)."""

    REQUEST_TUNNEL = 0x00
    CLOSE_TUNNEL = 0x01
    TRANSFER_DATA = 0x02
    TRANSFER_DATA_ERROR = 0x03
    ACK_TRANSFER_DATA = 0x04
    READY_DATA = 0x05
    GET_SUPPORTED_TUNNEL_PROTOCOLS = 0x06


class ToClient(IntEnum):
    """Commands that the client side receives (ZSE 1.4 D.6.2.5)."""

    REQUEST_TUNNEL_RESPONSE = 0x00
    TRANSFER_DATA = 0x01
    TRANSFER_DATA_ERROR = 0x02
    ACK_TRANSFER_DATA = 0x03
    READY_DATA = 0x04
    SUPPORTED_TUNNEL_PROTOCOLS_RESPONSE = 0x05
    TUNNEL_CLOSURE_NOTIFICATION = 0x06


class TunnelStatus(OpenEnum):
    """How a request for a tunnel ended (ZSE 1.4 D.6.2.5, TunnelStatus values)."""

    SUCCESS = 0x00
    BUSY = 0x01
    NO_MORE_TUNNEL_IDS = 0x02
    PROTOCOL_NOT_SUPPORTED = 0x03
    FLOW_CONTROL_NOT_SUPPORTED = 0x04


class TransferDataStatus(OpenEnum):
    """Why data was not taken (ZSE 1.4 D.6.2.4, TransferDataStatus values)."""

    NO_SUCH_TUNNEL = 0x00
    WRONG_DEVICE = 0x01
    DATA_OVERFLOW = 0x02


class RequestTunnel(Struct):
    """Request Tunnel (ZSE 1.4 D.6.2.4)."""

    protocol: U8
    manufacturer: U16
    flow_control: Annotated[bool, UInt(1)]
    maximum_incoming: U16


class RequestTunnelResponse(Struct):
    """Request Tunnel Response (ZSE 1.4 D.6.2.5)."""

    tunnel: U16
    status: Annotated[TunnelStatus, UInt(1)]
    maximum_incoming: U16


class CloseTunnel(Struct):
    """Close Tunnel, and the Tunnel Closure Notification (ZSE 1.4 D.6.2.4, D.6.2.5)."""

    tunnel: U16


class TransferData(Struct):
    """Transfer Data in either direction (ZSE 1.4 D.6.2.4, D.6.2.5)."""

    tunnel: U16
    data: Remaining


class TransferDataError(Struct):
    """Transfer Data Error in either direction (ZSE 1.4 D.6.2.4, D.6.2.5)."""

    tunnel: U16
    status: Annotated[TransferDataStatus, UInt(1)]


class OctetsLeft(Struct):
    """Ack Transfer Data and Ready Data: how much more may come (ZSE 1.4 D.6.2.4, D.6.2.5)."""

    tunnel: U16
    octets_left: U16


class GetSupportedTunnelProtocols(Struct):
    """Get Supported Tunnel Protocols: from this number on (ZSE 1.4 D.6.2.4)."""

    offset: U8


class SupportedProtocol(Struct):
    """One protocol of the response (ZSE 1.4 D.6.2.5); manufacturer 0xFFFF: a standard one."""

    manufacturer: U16
    protocol: U8


class SupportedTunnelProtocols(Struct):
    """Supported Tunnel Protocols Response (ZSE 1.4 D.6.2.5)."""

    complete: Annotated[bool, UInt(1)]
    protocols: Annotated[tuple[SupportedProtocol, ...], Many(SupportedProtocol, prefix=1)]


_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "CloseTunnelTimeout", DataType.UINT16, default=0xFFFF, unit="s"),
)

_TO_SERVER: Final = (
    Command(ToServer.REQUEST_TUNNEL, "RequestTunnel", RequestTunnel),
    Command(ToServer.CLOSE_TUNNEL, "CloseTunnel", CloseTunnel),
    Command(ToServer.TRANSFER_DATA, "TransferData", TransferData),
    Command(ToServer.TRANSFER_DATA_ERROR, "TransferDataError", TransferDataError),
    Command(ToServer.ACK_TRANSFER_DATA, "AckTransferData", OctetsLeft),
    Command(ToServer.READY_DATA, "ReadyData", OctetsLeft),
    Command(
        ToServer.GET_SUPPORTED_TUNNEL_PROTOCOLS,
        "GetSupportedTunnelProtocols",
        GetSupportedTunnelProtocols,
    ),
)

_TO_CLIENT: Final = (
    Command(ToClient.REQUEST_TUNNEL_RESPONSE, "RequestTunnelResponse", RequestTunnelResponse),
    Command(ToClient.TRANSFER_DATA, "TransferData", TransferData),
    Command(ToClient.TRANSFER_DATA_ERROR, "TransferDataError", TransferDataError),
    Command(ToClient.ACK_TRANSFER_DATA, "AckTransferData", OctetsLeft),
    Command(ToClient.READY_DATA, "ReadyData", OctetsLeft),
    Command(
        ToClient.SUPPORTED_TUNNEL_PROTOCOLS_RESPONSE,
        "SupportedTunnelProtocolsResponse",
        SupportedTunnelProtocols,
    ),
    Command(ToClient.TUNNEL_CLOSURE_NOTIFICATION, "TunnelClosureNotification", CloseTunnel),
)

TUNNELING: Final = Cluster(
    id=ClusterId(0x0704),
    name="Tunneling",
    clause="ZSE 1.4 D.6",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
