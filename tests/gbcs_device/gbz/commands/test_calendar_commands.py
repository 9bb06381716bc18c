"""Calendars are published in parts, take effect on their date, and are read back."""

from dataclasses import replace

import pytest

from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.moments import moment_of
from emulator.testing.scenes.gbz_scene import answers, command, component, filled, meter, statuses
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

CALENDAR = 0x0707
IN_FORCE = 0xFFFFFFFF
LATER = 600_000_000
HEAD = filled(PublishCalendar, issuer_calendar_id=7)
DAYS = tuple(filled(PublishDayProfile, issuer_calendar_id=7, day_id=number) for number in (1, 2, 3))
WEEKS = tuple(filled(PublishWeekProfile, issuer_calendar_id=7, week_id=number) for number in (1, 2))
SEASONS = filled(PublishSeasons, issuer_calendar_id=7)
SPECIAL = filled(PublishSpecialDays, issuer_calendar_id=7)
PARTS: tuple[Struct, ...] = (HEAD, *DAYS, *WEEKS, SEASONS, SPECIAL)


def publish(executor: GbzExecutor, *parts: Struct) -> list[tuple[int, int]]:
    """Publish parts in one command."""
    return statuses(executor, *(component(CALENDAR, each) for each in parts))


def got(executor: GbzExecutor, request: Struct) -> list[bytes]:
    """Payloads that answer a request; empty where nothing was found."""
    found = answers(executor, command([component(CALENDAR, request)]))
    return [each.payload for each in found if each.header.command != 0x0B]


def test_every_part_is_read_back() -> None:
    executor = meter()

    assert {status for _, status in publish(executor, *PARTS)} == {0}

    days = got(executor, filled(GetDayProfiles, issuer_calendar_id=IN_FORCE))
    weeks = got(executor, filled(GetWeekProfiles, issuer_calendar_id=IN_FORCE))
    assert days == [each.encode() for each in DAYS]
    assert weeks == [each.encode() for each in WEEKS]
    assert got(executor, filled(GetSeasons, issuer_calendar_id=7)) == [SEASONS.encode()]
    assert got(executor, filled(GetSpecialDays, issuer_calendar_id=7)) == [SPECIAL.encode()]


@pytest.mark.parametrize(
    ("start", "number", "found"), [(1, 0, [1, 2, 3]), (2, 0, [2, 3]), (1, 2, [1, 2]), (4, 0, [])]
)
def test_days_are_asked_for_by_number(start: int, number: int, found: list[int]) -> None:
    executor = meter()
    publish(executor, *PARTS)

    asked = GetDayProfiles(
        provider_id=0, issuer_calendar_id=IN_FORCE, start_day_id=start, number_of_days=number
    )

    assert [PublishDayProfile.decode(each).day_id for each in got(executor, asked)] == found


def test_day_in_two_commands_is_one_day() -> None:
    executor = meter()
    parts = [replace(DAYS[0], total_number_of_commands=2, command_index=place) for place in (0, 1)]
    publish(executor, HEAD, *parts, DAYS[1])

    asked = GetDayProfiles(
        provider_id=0, issuer_calendar_id=IN_FORCE, start_day_id=1, number_of_days=1
    )

    assert got(executor, asked) == [each.encode() for each in parts]


@pytest.mark.parametrize(("start", "number", "found"), [(2, 0, [2]), (1, 1, [1])])
def test_weeks_are_asked_for_by_number(start: int, number: int, found: list[int]) -> None:
    executor = meter()
    publish(executor, *PARTS)

    asked = GetWeekProfiles(
        provider_id=0, issuer_calendar_id=IN_FORCE, start_week_id=start, number_of_weeks=number
    )

    assert [PublishWeekProfile.decode(each).week_id for each in got(executor, asked)] == found


@pytest.mark.parametrize(
    "request_",
    [GetDayProfiles, GetWeekProfiles, GetSeasons, GetSpecialDays],
    ids=lambda c: c.__name__,
)
def test_without_calendar_nothing_is_found(request_: type[Struct]) -> None:
    executor = meter()

    answered = statuses(executor, component(CALENDAR, filled(request_, issuer_calendar_id=7)))

    assert [status for _, status in answered] == [0x8B]


def test_a_part_of_no_calendar_is_refused() -> None:
    assert publish(meter(), WEEKS[0]) == [(0x02, 0x85)]


def test_a_calendar_of_a_later_date_waits_with_its_parts() -> None:
    executor = meter()
    publish(executor, *PARTS)
    later = [replace(HEAD, start_time=LATER), replace(WEEKS[0], monday=9)]
    later.append(replace(SPECIAL, start_time=LATER, total_number_of_special_days=3))

    publish(executor, *later)

    weeks = filled(GetWeekProfiles, issuer_calendar_id=IN_FORCE)
    special = filled(GetSpecialDays, issuer_calendar_id=IN_FORCE)
    assert got(executor, weeks) == [each.encode() for each in WEEKS]
    assert got(executor, special) == [SPECIAL.encode()]
    for each in executor.waiting():
        assert each.due == moment_of(LATER)
        each.carry_out(each.due)
    assert got(executor, weeks) == [later[1].encode()]
    assert got(executor, special) == [later[2].encode()]


@pytest.mark.parametrize("mark", [0xFFFFFFFF, 0xFFFFFFFE])
def test_a_cancelled_calendar_neither_waits_nor_changes_that_in_force(mark: int) -> None:
    executor = meter()
    publish(executor, *PARTS)
    publish(executor, replace(HEAD, start_time=LATER), WEEKS[0])

    publish(executor, replace(HEAD, start_time=mark), replace(WEEKS[0], monday=9))

    assert executor.waiting() == ()
    weeks = filled(GetWeekProfiles, issuer_calendar_id=IN_FORCE)
    assert got(executor, weeks) == [each.encode() for each in WEEKS]


def test_special_days_of_two_types_wait_beside_each_other() -> None:
    executor = meter()

    publish(
        executor,
        replace(SPECIAL, start_time=LATER),
        replace(SPECIAL, start_time=LATER, calendar_type=3),
        replace(SPECIAL, start_time=LATER, command_index=1),
        replace(SPECIAL, start_time=LATER, issuer_event_id=5),
    )

    assert len(executor.waiting()) == 3
