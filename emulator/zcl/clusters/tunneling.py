"""The Tunneling cluster (ZSE 1.4 D.6): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "CloseTunnelTimeout", DataType.UINT16, default=0xFFFF, unit="s"),
)

_TO_SERVER: Final = (
    Command(0x00, "RequestTunnel"),
    Command(0x01, "CloseTunnel"),
    Command(0x02, "TransferData"),
    Command(0x03, "TransferDataError"),
    Command(0x04, "AckTransferData"),
    Command(0x05, "ReadyData"),
    Command(0x06, "GetSupportedTunnelProtocols"),
)

_TO_CLIENT: Final = (
    Command(0x00, "RequestTunnelResponse"),
    Command(0x01, "TransferData"),
    Command(0x02, "TransferDataError"),
    Command(0x03, "AckTransferData"),
    Command(0x04, "ReadyData"),
    Command(0x05, "SupportedTunnelProtocolsResponse"),
    Command(0x06, "TunnelClosureNotification"),
)

TUNNELING: Final = Cluster(
    id=ClusterId(0x0704),
    name="Tunneling",
    clause="ZSE 1.4 D.6",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
