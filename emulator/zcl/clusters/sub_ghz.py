"""The Sub-GHz cluster (ZSE 1.4 Annex D): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command, series
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "ChannelChange", DataType.MAP32),
    *series(Attribute(0x0001, "Page{}ChannelMask", DataType.MAP32), range(28, 32)),
)

_TO_SERVER: Final = (Command(0x00, "GetSuspendZCLMessagesStatus"),)

_TO_CLIENT: Final = (Command(0x00, "SuspendZCLMessages"),)

SUB_GHZ: Final = Cluster(
    id=ClusterId(0x070B),
    name="Sub-GHz",
    clause="ZSE 1.4 Annex D",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
