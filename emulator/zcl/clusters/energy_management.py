"""The Energy Management cluster (ZSE 1.4 Annex D): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "LoadControlState", DataType.MAP8),
    Attribute(0x0001, "CurrentEventID", DataType.UINT32),
    Attribute(0x0002, "CurrentEventStatus", DataType.MAP8),
    Attribute(0x0003, "ConformanceLevel", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0004, "MinimumOffTime", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0005, "MinimumOnTime", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0006, "MinimumCyclePeriod", DataType.UINT16, Access.READ_WRITE),
)

_TO_SERVER: Final = (Command(0x00, "ManageEvent"),)

_TO_CLIENT: Final = (Command(0x00, "ReportEventStatus"),)

ENERGY_MANAGEMENT: Final = Cluster(
    id=ClusterId(0x0706),
    name="Energy Management",
    clause="ZSE 1.4 Annex D",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
