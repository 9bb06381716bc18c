"""The Alarms cluster (ZCL8 3.11): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (Attribute(0x0000, "AlarmCount", DataType.UINT16, default=0),)

_TO_SERVER: Final = (
    Command(0x00, "ResetAlarm"),
    Command(0x01, "ResetAllAlarms"),
    Command(0x02, "GetAlarm"),
    Command(0x03, "ResetAlarmLog"),
)

_TO_CLIENT: Final = (
    Command(0x00, "Alarm"),
    Command(0x01, "GetAlarmResponse"),
)

ALARMS: Final = Cluster(
    id=ClusterId(0x0009),
    name="Alarms",
    clause="ZCL8 3.11",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
