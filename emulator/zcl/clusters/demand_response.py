"""The Demand Response and Load Control cluster (ZSE 1.4 D.2): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_TO_SERVER: Final = (
    Command(0x00, "ReportEventStatus"),
    Command(0x01, "GetScheduledEvents"),
)

_CLIENT_ATTRIBUTES: Final = (
    Attribute(0x0000, "UtilityEnrollmentGroup", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0001, "StartRandomizationMinutes", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0002, "DurationRandomizationMinutes", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0003, "DeviceClassValue", DataType.UINT16, Access.READ_WRITE),
)

_TO_CLIENT: Final = (
    Command(0x00, "LoadControlEvent"),
    Command(0x01, "CancelLoadControlEvent"),
    Command(0x02, "CancelAllLoadControlEvents"),
)

DEMAND_RESPONSE_AND_LOAD_CONTROL: Final = Cluster(
    id=ClusterId(0x0701),
    name="Demand Response and Load Control",
    clause="ZSE 1.4 D.2",
    server=ClusterSide(receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
