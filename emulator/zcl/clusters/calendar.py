"""The Calendar cluster (ZSE 1.4 Annex D): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command, series
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    *series(Attribute(0x0000, "AuxSwitch{}Label", DataType.OCTSTR, Access.READ_WRITE), range(1, 9)),
)

_TO_SERVER: Final = (
    Command(0x00, "GetCalendar"),
    Command(0x01, "GetDayProfiles"),
    Command(0x02, "GetWeekProfiles"),
    Command(0x03, "GetSeasons"),
    Command(0x04, "GetSpecialDays"),
    Command(0x05, "GetCalendarCancellation"),
)

_TO_CLIENT: Final = (
    Command(0x00, "PublishCalendar"),
    Command(0x01, "PublishDayProfile"),
    Command(0x02, "PublishWeekProfile"),
    Command(0x03, "PublishSeasons"),
    Command(0x04, "PublishSpecialDays"),
    Command(0x05, "CancelCalendar"),
)

CALENDAR: Final = Cluster(
    id=ClusterId(0x0707),
    name="Calendar",
    clause="ZSE 1.4 Annex D",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
