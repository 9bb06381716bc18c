"""The switching table of an electricity meter as the Calendar cluster tells it (ZSE 1.4 Annex D).

A day of such a table may carry on what the day before ended with (IEC 62056-6-2 4.5.5); it is told
as it is, so that its first entry then is later than minute 0. That a meter tells it so is
unverified. Another table bears another identifier, by which displays know that it is another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from emulator.equipment.electricity_tariff import tier_of
from emulator.gbcs_device.gbz.state.calendars import IN_FORCE, TARIFF
from emulator.metering.tariff_calendar import TariffCalendar
from emulator.smart_energy.home.supply_server import Told
from emulator.wire.struct import Struct
from emulator.zcl.data_types import Date
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
    ScheduleEntry,
    Season,
    SpecialDay,
)
from emulator.zcl.payloads.home_requests import GetCalendar
from emulator.zcl.published_calendar import ANY, FIRST_YEAR

_UTC: Final = 0
_ANY_TYPE: Final = 0xFF
_HIGHEST_IDENTIFIER: Final = min(IN_FORCE)
"""Identifiers from here on stand for what is in force."""


@dataclass(frozen=True, slots=True)
class ToldCalendar:
    """A switching table in the commands that tell it."""

    head: PublishCalendar
    days: tuple[PublishDayProfile, ...]
    weeks: tuple[PublishWeekProfile, ...]
    seasons: tuple[PublishSeasons, ...]
    special_days: tuple[PublishSpecialDays, ...]


def told_of_calendar(calendar: TariffCalendar | None, request: Struct) -> Sequence[Told]:
    """What answers a request of the Calendar cluster; nothing where there is nothing to tell."""
    if calendar is None:
        return ()
    told = told_calendar(calendar)
    if isinstance(request, GetCalendar):
        wanted = request.calendar_type in (TARIFF, _ANY_TYPE)
        return ((0x00, told.head),) if wanted else ()
    return _parts(told, request)


def _parts(told: ToldCalendar, request: Struct) -> Sequence[Told]:
    """The parts that a request asks for; of days and weeks 0 asks for all."""
    match request:
        case GetDayProfiles() if _meant(told, request.issuer_calendar_id):
            days = [each for each in told.days if each.day_id >= request.start_day_id]
            return [(0x01, each) for each in days[: request.number_of_days or None]]
        case GetWeekProfiles() if _meant(told, request.issuer_calendar_id):
            weeks = [each for each in told.weeks if each.week_id >= request.start_week_id]
            return [(0x02, each) for each in weeks[: request.number_of_weeks or None]]
        case GetSeasons() if _meant(told, request.issuer_calendar_id):
            return [(0x03, each) for each in told.seasons]
        case GetSpecialDays() if _meant(told, request.issuer_calendar_id):
            return [(0x04, each) for each in told.special_days]
        case _:
            return ()


def told_calendar(calendar: TariffCalendar) -> ToldCalendar:
    """A switching table in the commands that tell it."""
    unnamed = _with_identifier(calendar, 0)
    parts = (*unnamed.days, *unnamed.weeks, *unnamed.seasons, *unnamed.special_days)
    return _with_identifier(
        calendar, crc32(b"".join(each.encode() for each in parts)) % _HIGHEST_IDENTIFIER
    )


def _meant(told: ToldCalendar, identifier: int) -> bool:
    return identifier == told.head.issuer_calendar_id or IN_FORCE.get(identifier) == TARIFF


def _with_identifier(calendar: TariffCalendar, identifier: int) -> ToldCalendar:
    head = PublishCalendar(
        provider_id=0,
        issuer_event_id=0,
        issuer_calendar_id=identifier,
        start_time=0,
        calendar_type=TARIFF,
        calendar_time_reference=_UTC,
        calendar_name=b"",
        number_of_seasons=len(calendar.seasons),
        number_of_week_profiles=len(calendar.weeks),
        number_of_day_profiles=len(calendar.days),
    )
    special = tuple(
        SpecialDay(_date(each.year, each.month, each.day), each.profile + 1)
        for each in calendar.special_days
    )
    return ToldCalendar(
        head,
        _days(calendar, identifier),
        tuple(
            PublishWeekProfile(0, 0, identifier, place, *(day + 1 for day in week))
            for place, week in enumerate(calendar.weeks, 1)
        ),
        (PublishSeasons(0, 0, identifier, 0, 1, _seasons(calendar)),),
        (PublishSpecialDays(0, 0, identifier, 0, TARIFF, len(special), 0, 1, special),)
        if special
        else (),
    )


def _days(calendar: TariffCalendar, identifier: int) -> tuple[PublishDayProfile, ...]:
    """Each day in a command of its own, numbered from 1."""
    empty = PublishDayProfile(0, 0, identifier, 0, 0, 0, 1, TARIFF, ())
    return tuple(
        replace(
            empty,
            day_id=place,
            total_number_of_schedule_entries=len(day),
            entries=tuple(ScheduleEntry(each.minute, tier_of(each.register)) for each in day),
        )
        for place, day in enumerate(calendar.days, 1)
    )


def _seasons(calendar: TariffCalendar) -> tuple[Season, ...]:
    return tuple(
        Season(_date(each.year, each.month, each.day), each.week + 1) for each in calendar.seasons
    )


def _date(year: int | None, month: int, day: int) -> Date:
    return Date(ANY if year is None else year - FIRST_YEAR, month, day, ANY)
