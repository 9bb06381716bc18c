"""The Time cluster (ZCL8 3.12): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(
        0x0000, "Time", DataType.UTC, Access.READ_WRITE, default=0, unit="s since 2000-01-01"
    ),
    Attribute(0x0001, "TimeStatus", DataType.MAP8, Access.READ_WRITE, default=0),
    Attribute(0x0002, "TimeZone", DataType.INT32, Access.READ_WRITE),
    Attribute(0x0003, "DaylightSavingTimeStart", DataType.UINT32, Access.READ_WRITE),
    Attribute(0x0004, "DaylightSavingTimeEnd", DataType.UINT32, Access.READ_WRITE),
    Attribute(0x0005, "DaylightSavingTimeShift", DataType.INT32, Access.READ_WRITE),
    Attribute(0x0006, "StandardTime", DataType.UINT32),
    Attribute(0x0007, "LocalTime", DataType.UINT32),
    Attribute(0x0008, "LastSetTime", DataType.UTC),
    Attribute(0x0009, "ValidUntilTime", DataType.UTC, Access.READ_WRITE),
)

TIME: Final = Cluster(
    id=ClusterId(0x000A),
    name="Time",
    clause="ZCL8 3.12",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES),
)
