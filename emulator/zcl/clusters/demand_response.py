"""The Demand Response and Load Control cluster (ZSE 1.4 D.2): its attributes and commands."""

from enum import IntEnum
from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zcl.payloads.demand_response import (
    CancelAllLoadControlEvents,
    CancelLoadControlEvent,
    GetScheduledEvents,
    LoadControlEvent,
    ReportEventStatus,
)
from emulator.zigbee.addresses import ClusterId


class ToServer(IntEnum):
    """Commands that the server receives."""

    REPORT_EVENT_STATUS = 0x00
    GET_SCHEDULED_EVENTS = 0x01


class ToClient(IntEnum):
    """Commands that the client receives."""

    LOAD_CONTROL_EVENT = 0x00
    CANCEL_LOAD_CONTROL_EVENT = 0x01
    CANCEL_ALL_LOAD_CONTROL_EVENTS = 0x02


UTILITY_ENROLLMENT_GROUP: Final = 0x0000
DEVICE_CLASS_VALUE: Final = 0x0003
"""Attributes of the client by which it knows which events are for it."""
SIMPLE_LOADS: Final = 0x0080
"""Device class of loads that are on or off (ZSE 1.4 Table D-4)."""
EVERY_GROUP: Final = 0x00
"""Enrollment group of an event that is for all (ZSE 1.4 D.2.2.3.1)."""

_TO_SERVER: Final = (
    Command(ToServer.REPORT_EVENT_STATUS, "ReportEventStatus", ReportEventStatus),
    Command(ToServer.GET_SCHEDULED_EVENTS, "GetScheduledEvents", GetScheduledEvents),
)

_CLIENT_ATTRIBUTES: Final = (
    Attribute(0x0000, "UtilityEnrollmentGroup", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0001, "StartRandomizationMinutes", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0002, "DurationRandomizationMinutes", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0003, "DeviceClassValue", DataType.UINT16, Access.READ_WRITE),
)

_TO_CLIENT: Final = (
    Command(ToClient.LOAD_CONTROL_EVENT, "LoadControlEvent", LoadControlEvent),
    Command(ToClient.CANCEL_LOAD_CONTROL_EVENT, "CancelLoadControlEvent", CancelLoadControlEvent),
    Command(
        ToClient.CANCEL_ALL_LOAD_CONTROL_EVENTS,
        "CancelAllLoadControlEvents",
        CancelAllLoadControlEvents,
    ),
)

DEMAND_RESPONSE_AND_LOAD_CONTROL: Final = Cluster(
    id=ClusterId(0x0701),
    name="Demand Response and Load Control",
    clause="ZSE 1.4 D.2",
    server=ClusterSide(receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
