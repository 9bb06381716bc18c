"""A switching table that a meter executes, told, and read again by a display (ZSE 1.4 Annex D)."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from emulator.equipment.electricity_calendar import told_calendar, told_of_calendar
from emulator.metering.drifting_clock import own_time
from emulator.metering.tariff_calendar import Season, SpecialDay, Switch, TariffCalendar
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import (
    GetDayProfiles,
    GetSeasons,
    GetSpecialDays,
    GetWeekProfiles,
    PublishCalendar,
)
from emulator.zcl.payloads.home_requests import GetCalendar
from emulator.zcl.published_calendar import executable_calendar

IN_FORCE = 0xFFFF_FFFF
CALENDAR = TariffCalendar(
    ((Switch(30, 1), Switch(450, 102)), (Switch(0, 3),)),
    ((0, 0, 0, 0, 0, 1, 1), (1,) * 7),
    (Season(1, 1, 0), Season(6, 1, 1, 2026)),
    (SpecialDay(12, 25, 1), SpecialDay(5, 4, 1, 2026)),
    carries=True,
)


def answers(request: Struct) -> list[tuple[int, Struct]]:
    return list(told_of_calendar(CALENDAR, request))


def head() -> PublishCalendar:
    ((command, told),) = answers(GetCalendar(0, 0, 1, 0, 0))
    assert command == 0x00
    assert isinstance(told, PublishCalendar)
    return told


def hours() -> Iterator[int]:
    for day in ("2026-01-05", "2026-05-04", "2026-06-02", "2026-12-25", "2027-02-06"):
        for hour in (0, 1, 8, 23):
            yield own_time(datetime.fromisoformat(f"{day}T{hour:02}:00Z"))


def test_what_is_told_switches_as_the_meter_does() -> None:
    told = executable_calendar(told_calendar(CALENDAR), carries=True)

    assert told is not None
    # scripts with blocks are told as the tier of their time of use
    expected = [{102: 2}.get(CALENDAR.register(each), CALENDAR.register(each)) for each in hours()]
    assert [told.register(each) for each in hours()] == expected


def test_parts_are_those_asked_for() -> None:
    known = head().issuer_calendar_id

    days = answers(GetDayProfiles(0, known, 2, 1))
    weeks = answers(GetWeekProfiles(0, IN_FORCE, 1, 0))
    seasons = answers(GetSeasons(0, known))
    special = answers(GetSpecialDays(0, 0, 0, 0, known))

    assert [command for command, _ in (*days, *weeks, *seasons, *special)] == [1, 2, 2, 3, 4]
    assert (head().number_of_day_profiles, head().number_of_week_profiles) == (2, 2)


@pytest.mark.parametrize(
    "request_", [GetSeasons(0, 5), GetDayProfiles(0, 0xFFFF_FFFE, 1, 0), GetCalendar(0, 0, 1, 3, 0)]
)
def test_nothing_is_told_of_another_calendar(request_: Struct) -> None:
    assert not answers(request_)


def test_meter_without_a_tariff_tells_of_no_calendar() -> None:
    assert not told_of_calendar(None, GetCalendar(0, 0, 1, 0, 0))


def test_another_table_bears_another_identifier() -> None:
    other = TariffCalendar(((Switch(0, 4),),), ((0,) * 7,), (Season(1, 1, 0),))

    assert told_calendar(other).head.issuer_calendar_id != head().issuer_calendar_id
    assert not told_calendar(other).special_days
