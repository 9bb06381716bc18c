"""What commands of the Events cluster say, each declared once (ZSE 1.4 Annex D).

Times are seconds since 2000-01-01 UTC.
"""

from typing import Annotated

from emulator.wire.codecs import U8, U16, U32, Many, Prefixed
from emulator.wire.struct import Struct

Octets = Annotated[bytes, Prefixed()]


class GetEventLog(Struct):
    """Get Event Log (ZSE 1.4 Annex D)."""

    event_control_and_log_id: U8
    event_id: U16
    start_time: U32
    end_time: U32
    number_of_events: U8
    event_offset: U16


class ClearEventLogRequest(Struct):
    """Clear Event Log Request (ZSE 1.4 Annex D)."""

    log_id: U8


class LoggedEvent(Struct):
    """One event of a log (ZSE 1.4 Annex D)."""

    log_id: U8
    event_id: U16
    event_time: U32
    event_data: Octets


class PublishEvent(Struct):
    """Publish Event (ZSE 1.4 Annex D)."""

    log_id: U8
    event_id: U16
    event_time: U32
    event_control: U8
    event_data: Octets


class PublishEventLog(Struct):
    """Publish Event Log (ZSE 1.4 Annex D)."""

    total_number_of_matching_events: U16
    command_index: U8
    total_commands: U8
    log_payload_control: U8
    events: Annotated[tuple[LoggedEvent, ...], Many(LoggedEvent)]


class ClearEventLogResponse(Struct):
    """Clear Event Log Response (ZSE 1.4 Annex D)."""

    cleared_event_logs: U8
