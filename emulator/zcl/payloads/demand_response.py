"""What commands of the Demand Response and Load Control cluster say (ZSE 1.4 D.2).

Times are seconds since 2000-01-01 UTC; 0 is now.
"""

from typing import Annotated, Final

from emulator.wire.codecs import I8, I16, U8, U16, U32, Fixed, OpenEnum, Remaining, UInt
from emulator.wire.struct import Struct

NO_OFFSET: Final = 0xFF
NO_SET_POINT: Final = -0x8000
NO_ADJUSTMENT: Final = -0x80
"""What fields hold that an event does not use (ZSE 1.4 D.2.2.3.1)."""
SIGNATURE_LENGTH: Final = 42
"""Octets; all FF where nothing is signed, as stacks at hand send it."""


class EventStatus(OpenEnum):
    """What became of an event (ZSE 1.4 Table D-8)."""

    RECEIVED = 0x01
    STARTED = 0x02
    COMPLETED = 0x03
    CANCELLED = 0x06
    SUPERSEDED = 0x07
    EXPIRED = 0xFB
    UNDEFINED = 0xFD
    REJECTED = 0xFE


class LoadControlEvent(Struct):
    """Load Control Event (ZSE 1.4 D.2.2.3.1); the duty cycle is in percent, for a time on."""

    issuer_event_id: U32
    device_class: U16
    utility_enrollment_group: U8
    start_time: U32
    duration_in_minutes: U16
    criticality_level: U8
    cooling_temperature_offset: U8
    heating_temperature_offset: U8
    cooling_temperature_set_point: I16
    heating_temperature_set_point: I16
    average_load_adjustment_percentage: I8
    duty_cycle: U8
    event_control: U8


class CancelLoadControlEvent(Struct):
    """Cancel Load Control Event (ZSE 1.4 D.2.2.3.2)."""

    issuer_event_id: U32
    device_class: U16
    utility_enrollment_group: U8
    cancel_control: U8
    effective_time: U32


class CancelAllLoadControlEvents(Struct):
    """Cancel All Load Control Events (ZSE 1.4 D.2.2.3.3)."""

    cancel_control: U8


class ReportEventStatus(Struct):
    """Report Event Status (ZSE 1.4 D.2.3.3.1)."""

    issuer_event_id: U32
    event_status: Annotated[EventStatus, UInt(1)]
    event_status_time: U32
    criticality_level_applied: U8
    cooling_temperature_set_point_applied: I16
    heating_temperature_set_point_applied: I16
    average_load_adjustment_percentage_applied: I8
    duty_cycle_applied: U8
    event_control: U8
    signature_type: U8
    signature: Annotated[bytes, Fixed(SIGNATURE_LENGTH)]


class GetScheduledEvents(Struct):
    """Get Scheduled Events (ZSE 1.4 D.2.3.3.2): 0 is every event."""

    start_time: U32
    number_of_events: U8
    rest: Remaining = b""
    """Identifier of an event, where sent; GBCS has none (GBCS of November 2014, Table 18.1.1.3)."""
