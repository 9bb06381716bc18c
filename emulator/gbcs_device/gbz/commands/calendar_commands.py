"""Publishing and reading calendars: the commands of the Calendar cluster (ZSE 1.4 Annex D)."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs_device.gbz.commands.answers import Answer, Reply
from emulator.gbcs_device.gbz.commands.handling import Circumstances, CommandKey, Handling
from emulator.gbcs_device.gbz.state.calendars import Part
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import (
    GetDayProfiles,
    GetSeasons,
    GetSpecialDays,
    GetWeekProfiles,
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
)
from emulator.zcl.primitives import Side, ZclStatus

CALENDAR: Final = 0x0707


def publish_calendar(store: MeterStore, request: PublishCalendar, _: Circumstances) -> Answer:
    """Let a calendar take effect."""
    store.calendars.start(request)
    return ZclStatus.SUCCESS


def expect_calendar(store: MeterStore, request: PublishCalendar) -> None:
    """Keep apart the parts that follow."""
    store.calendars.expect(request)


def publish_part(store: MeterStore, request: Part, circumstances: Circumstances) -> Answer:
    """Add days, weeks or seasons to the calendar that they name, which can then be executed."""
    named = store.calendars.named_by(request)
    if named is None or not circumstances.mechanism.executes(request, named):
        return ZclStatus.INVALID_FIELD
    store.calendars.add(request)
    return ZclStatus.SUCCESS


def publish_special_days(
    store: MeterStore, request: PublishSpecialDays, circumstances: Circumstances
) -> Answer:
    """Let special days take effect, whose profiles are known."""
    calendar = store.calendars.in_force(request.calendar_type)
    if not circumstances.mechanism.executes(request, calendar):
        return ZclStatus.INVALID_FIELD
    store.calendars.replace_special_days(request)
    return ZclStatus.SUCCESS


def get_day_profiles(store: MeterStore, request: GetDayProfiles, _: Circumstances) -> Answer:
    """Answer with the days asked for, each in the commands that it came in; 0 asks for all."""
    days = store.calendars.find(request.issuer_calendar_id).days
    numbers = sorted({each.day_id for each in days if each.day_id >= request.start_day_id})
    wanted = set(numbers[: request.number_of_days or None])
    return _replies(0x01, [each for each in days if each.day_id in wanted], 0)


def get_week_profiles(store: MeterStore, request: GetWeekProfiles, _: Circumstances) -> Answer:
    """Answer with the weeks asked for, each in a command of its own; 0 asks for all."""
    weeks = store.calendars.find(request.issuer_calendar_id).weeks
    wanted = [each for each in weeks if each.week_id >= request.start_week_id]
    return _replies(0x02, wanted, request.number_of_weeks)


def get_seasons(store: MeterStore, request: GetSeasons, _: Circumstances) -> Answer:
    """Answer with the seasons."""
    return _replies(0x03, store.calendars.find(request.issuer_calendar_id).seasons, 0)


def get_special_days(store: MeterStore, request: GetSpecialDays, _: Circumstances) -> Answer:
    """Answer with the special days; 0 asks for all."""
    parts = store.calendars.find(request.issuer_calendar_id).special_days
    return _replies(0x04, parts, request.number_of_events)


def _replies(command: int, parts: Sequence[Struct], number: int) -> Answer:
    if not parts:
        return ZclStatus.NOT_FOUND
    return tuple(Reply(command, each) for each in parts[: number or None])


def _starts(request: PublishCalendar | PublishSpecialDays, _: Circumstances) -> int:
    return request.start_time


def _kind(request: PublishCalendar) -> int:
    return request.calendar_type


def _kind_and_part(request: PublishSpecialDays) -> int:
    return request.calendar_type << 8 | request.command_index


def _handlings() -> Iterator[tuple[CommandKey, Handling[Any]]]:
    client, server = Side.CLIENT, Side.SERVER
    yield (
        (CALENDAR, client, 0x00),
        Handling(PublishCalendar, publish_calendar, _starts, _kind, expect=expect_calendar),
    )
    yield (CALENDAR, client, 0x01), Handling(PublishDayProfile, publish_part)
    yield (CALENDAR, client, 0x02), Handling(PublishWeekProfile, publish_part)
    yield (CALENDAR, client, 0x03), Handling(PublishSeasons, publish_part)
    yield (
        (CALENDAR, client, 0x04),
        Handling(PublishSpecialDays, publish_special_days, _starts, _kind_and_part),
    )
    yield (CALENDAR, server, 0x01), Handling(GetDayProfiles, get_day_profiles)
    yield (CALENDAR, server, 0x02), Handling(GetWeekProfiles, get_week_profiles)
    yield (CALENDAR, server, 0x03), Handling(GetSeasons, get_seasons)
    yield (CALENDAR, server, 0x04), Handling(GetSpecialDays, get_special_days)


HANDLINGS: Final[Mapping[CommandKey, Handling[Any]]] = MappingProxyType(dict(_handlings()))
"""The commands that a device takes."""
