"""What commands of the Calendar cluster say, each declared once (ZSE 1.4 Annex D).

Times are seconds since 2000-01-01 UTC.
"""

from typing import Annotated

from emulator.wire.codecs import U8, U16, U32, Many, Prefixed
from emulator.wire.struct import Struct
from emulator.zcl.data_types import Date

Octets = Annotated[bytes, Prefixed()]


class GetDayProfiles(Struct):
    """Get Day Profiles (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_calendar_id: U32
    start_day_id: U8
    number_of_days: U8


class GetWeekProfiles(Struct):
    """Get Week Profiles (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_calendar_id: U32
    start_week_id: U8
    number_of_weeks: U8


class GetSeasons(Struct):
    """Get Seasons (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_calendar_id: U32


class GetSpecialDays(Struct):
    """Get Special Days (ZSE 1.4 Annex D)."""

    start_time: U32
    number_of_events: U8
    calendar_type: U8
    provider_id: U32
    issuer_calendar_id: U32


class PublishCalendar(Struct):
    """Publish Calendar (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_event_id: U32
    issuer_calendar_id: U32
    start_time: U32
    calendar_type: U8
    calendar_time_reference: U8
    calendar_name: Octets
    number_of_seasons: U8
    number_of_week_profiles: U8
    number_of_day_profiles: U8


class ScheduleEntry(Struct):
    """From when on which tier or state holds (ZSE 1.4 Annex D)."""

    start_minute: U16
    entry: U8


class PublishDayProfile(Struct):
    """Publish Day Profile (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_event_id: U32
    issuer_calendar_id: U32
    day_id: U8
    total_number_of_schedule_entries: U8
    command_index: U8
    total_number_of_commands: U8
    calendar_type: U8
    entries: Annotated[tuple[ScheduleEntry, ...], Many(ScheduleEntry)]


class PublishWeekProfile(Struct):
    """Publish Week Profile (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_event_id: U32
    issuer_calendar_id: U32
    week_id: U8
    monday: U8
    tuesday: U8
    wednesday: U8
    thursday: U8
    friday: U8
    saturday: U8
    sunday: U8


class Season(Struct):
    """From which day on which week holds (ZSE 1.4 Annex D)."""

    season_start_date: Date
    week_id: U8


class PublishSeasons(Struct):
    """Publish Seasons (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_event_id: U32
    issuer_calendar_id: U32
    command_index: U8
    total_number_of_commands: U8
    seasons: Annotated[tuple[Season, ...], Many(Season)]


class SpecialDay(Struct):
    """A day with a profile of its own (ZSE 1.4 Annex D)."""

    special_day_date: Date
    day_id: U8


class PublishSpecialDays(Struct):
    """Publish Special Days (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_event_id: U32
    issuer_calendar_id: U32
    start_time: U32
    calendar_type: U8
    total_number_of_special_days: U8
    command_index: U8
    total_number_of_commands: U8
    special_days: Annotated[tuple[SpecialDay, ...], Many(SpecialDay)]
