"""The Keep-Alive cluster (ZCL8): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Attribute, Cluster, ClusterSide
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "TcKeepAliveBase", DataType.UINT8, default=0x0A, unit="min"),
    Attribute(0x0001, "TcKeepAliveJitter", DataType.UINT16, default=0x012C, unit="s"),
)

KEEP_ALIVE: Final = Cluster(
    id=ClusterId(0x0025),
    name="Keep-Alive",
    clause="ZCL8",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES),
)
