"""Calendars are put together from parts, and take effect as a whole."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import decode_payload
from emulator.gbcs_device.gbz.state.calendars import (
    NON_DISABLEMENT,
    TARIFF,
    Calendar,
    CalendarTable,
)
from emulator.kernel.errors import LocalError
from emulator.testing.judges.reference_data import reference_messages
from emulator.wire.struct import Struct
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
    SpecialDay,
)

HEAD = PublishCalendar(
    provider_id=0,
    issuer_event_id=1,
    issuer_calendar_id=7,
    start_time=0,
    calendar_type=TARIFF,
    calendar_time_reference=0,
    calendar_name=b"",
    number_of_seasons=1,
    number_of_week_profiles=1,
    number_of_day_profiles=1,
)
DAY = PublishDayProfile(
    provider_id=0,
    issuer_event_id=1,
    issuer_calendar_id=7,
    day_id=1,
    total_number_of_schedule_entries=1,
    command_index=0,
    total_number_of_commands=1,
    calendar_type=TARIFF,
    entries=(ScheduleEntry(start_minute=0, entry=1),),
)
WEEK = PublishWeekProfile(
    provider_id=0,
    issuer_event_id=1,
    issuer_calendar_id=7,
    week_id=1,
    monday=1,
    tuesday=1,
    wednesday=1,
    thursday=1,
    friday=1,
    saturday=1,
    sunday=1,
)
ANY_DAY = Date(year=0xFF, month=12, day=25, day_of_week=0xFF)
SEASONS = PublishSeasons(
    provider_id=0,
    issuer_event_id=1,
    issuer_calendar_id=7,
    command_index=0,
    total_number_of_commands=1,
    seasons=(Season(season_start_date=ANY_DAY, week_id=1),),
)
SPECIAL = PublishSpecialDays(
    provider_id=0,
    issuer_event_id=1,
    issuer_calendar_id=7,
    start_time=0,
    calendar_type=TARIFF,
    total_number_of_special_days=1,
    command_index=0,
    total_number_of_commands=1,
    special_days=(SpecialDay(special_day_date=ANY_DAY, day_id=1),),
)


def table(head: PublishCalendar = HEAD) -> CalendarTable:
    """A table with one calendar in force, all its parts there."""
    made = CalendarTable()
    made.start(head)
    for each in (DAY, WEEK, SEASONS, SPECIAL):
        made.add(each)
    return made


def test_parts_belong_to_the_calendar_they_name() -> None:
    calendar = table().in_force(TARIFF)

    assert calendar == Calendar(HEAD, (DAY,), (WEEK,), (SEASONS,), (SPECIAL,))


def test_a_part_of_no_known_calendar_is_not_added() -> None:
    calendars = table()

    assert not calendars.add(replace(WEEK, issuer_calendar_id=8))
    assert calendars.in_force(TARIFF).weeks == (WEEK,)


def test_a_part_of_the_same_number_is_replaced_and_others_stay_in_order() -> None:
    calendars = table()
    later, earlier = replace(DAY, day_id=3), replace(DAY, day_id=2)
    changed = replace(DAY, entries=())

    for each in (later, earlier, changed):
        calendars.add(each)

    assert calendars.in_force(TARIFF).days == (changed, earlier, later)


def test_parts_of_one_to_come_leave_that_in_force_alone() -> None:
    calendars = table()
    coming = replace(HEAD, start_time=900)

    calendars.expect(coming)
    calendars.add(replace(WEEK, monday=9))

    assert calendars.in_force(TARIFF).weeks == (WEEK,)
    calendars.start(coming)
    assert calendars.in_force(TARIFF) == Calendar(coming, weeks=(replace(WEEK, monday=9),))


def test_a_calendar_that_starts_at_once_begins_without_the_parts_of_another() -> None:
    calendars = table()
    calendars.expect(replace(HEAD, start_time=900))
    calendars.add(DAY)

    calendars.start(replace(HEAD, issuer_event_id=2))

    assert calendars.in_force(TARIFF).days == ()
    assert calendars.add(WEEK)
    assert calendars.in_force(TARIFF).weeks == (WEEK,)


def test_of_two_calendars_with_one_identifier_parts_belong_to_that_published_last() -> None:
    calendars = table()

    calendars.start(replace(HEAD, calendar_type=NON_DISABLEMENT))
    calendars.add(replace(WEEK, monday=5))
    calendars.add(replace(DAY, day_id=9))

    assert calendars.in_force(NON_DISABLEMENT).weeks == (replace(WEEK, monday=5),)
    assert calendars.in_force(TARIFF).weeks == (WEEK,)
    assert [each.day_id for each in calendars.in_force(TARIFF).days] == [1, 9]


WHOLE = Calendar(HEAD, (DAY,), (WEEK,), (SEASONS,), (SPECIAL,))
CUT = replace(DAY, total_number_of_schedule_entries=2, total_number_of_commands=2)
CUT_DAY = (CUT, replace(CUT, command_index=1, entries=(ScheduleEntry(start_minute=60, entry=2),)))
PUBLISHED: Mapping[int, type[Struct]] = {
    0x00: PublishCalendar,
    0x01: PublishDayProfile,
    0x02: PublishWeekProfile,
    0x03: PublishSeasons,
    0x04: PublishSpecialDays,
}


@pytest.mark.parametrize(
    "calendar",
    [
        WHOLE,
        replace(WHOLE, special_days=()),
        replace(WHOLE, days=CUT_DAY),
        Calendar(),
        Calendar(None, (DAY,)),
    ],
)
def test_a_calendar_is_complete_when_all_that_it_counts_has_come(calendar: Calendar) -> None:
    assert calendar.complete


@pytest.mark.parametrize(
    "calendar",
    [
        replace(WHOLE, days=()),
        replace(WHOLE, weeks=()),
        replace(WHOLE, seasons=()),
        replace(WHOLE, days=CUT_DAY[:1]),
        replace(WHOLE, days=CUT_DAY[1:]),
        replace(WHOLE, days=(replace(DAY, total_number_of_schedule_entries=2),)),
        replace(WHOLE, head=replace(HEAD, number_of_day_profiles=2)),
        replace(WHOLE, head=replace(HEAD, number_of_week_profiles=2)),
        replace(WHOLE, head=replace(HEAD, number_of_seasons=2)),
        replace(WHOLE, seasons=(replace(SEASONS, total_number_of_commands=2),)),
        replace(WHOLE, special_days=(replace(SPECIAL, total_number_of_commands=2),)),
        replace(WHOLE, special_days=(replace(SPECIAL, total_number_of_special_days=3),)),
    ],
)
def test_a_calendar_of_which_something_lacks_is_not_complete(calendar: Calendar) -> None:
    assert not calendar.complete


def held() -> CalendarTable:
    made = CalendarTable()
    made.hold(TARIFF, WHOLE)
    return made


def test_what_was_before_is_gone_by_until_all_parts_have_come() -> None:
    calendars, restored = held(), CalendarTable()
    new = replace(HEAD, issuer_calendar_id=8)
    calendars.start(new)

    calendars.add(replace(DAY, issuer_calendar_id=8))
    calendars.add(replace(WEEK, issuer_calendar_id=8))
    assert calendars.going_by(TARIFF) == WHOLE

    restored.restore({"calendars": json.loads(json.dumps(calendars.snapshot()))}, "calendars")
    for each in (calendars, restored):
        assert each.going_by(TARIFF) == WHOLE
        each.add(replace(SEASONS, issuer_calendar_id=8))
        assert each.going_by(TARIFF) == each.in_force(TARIFF)
        assert each.in_force(TARIFF).head == new


def test_another_calendar_that_is_begun_meanwhile_does_not_take_its_place() -> None:
    calendars = held()

    calendars.start(replace(HEAD, issuer_calendar_id=8))
    calendars.start(replace(HEAD, issuer_calendar_id=9))

    assert calendars.going_by(TARIFF) == WHOLE
    assert not calendars.add(DAY)


def test_special_days_that_are_cut_hold_when_the_last_has_come() -> None:
    calendars = held()
    first = replace(SPECIAL, total_number_of_commands=2, total_number_of_special_days=2)

    calendars.replace_special_days(first)
    assert calendars.going_by(TARIFF) == WHOLE
    calendars.replace_special_days(replace(first, command_index=1))

    assert len(calendars.going_by(TARIFF).special_days) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND_GBCS", TARIFF),
        ("GCS05_2.1_IMMEDIATE_SUCCESS_COMMAND_GBCS", NON_DISABLEMENT),
    ],
)
def test_reference_commands_make_complete_calendars(name: str, kind: int) -> None:
    calendars = CalendarTable()
    found = next(each for each in reference_messages() if each.name.endswith(f"/{name}"))
    payload = decode_payload(Message.decode(found.octets))
    assert isinstance(payload, GbzPayload)
    complete = []
    for component in (each for each in payload.components if each.cluster == 0x0707):
        match PUBLISHED[component.header.command].decode(component.payload):
            case PublishCalendar() as head:
                calendars.start(head)
            case PublishSpecialDays() as days:
                calendars.replace_special_days(days)
            case part:
                assert isinstance(part, PublishDayProfile | PublishWeekProfile | PublishSeasons)
                calendars.add(part)
        complete.append(calendars.in_force(kind).complete)

    # head, days and weeks alone are not; with the seasons it is
    assert complete == [False] * (len(complete) - 2) + [True, True]


def test_new_special_days_end_the_old_ones() -> None:
    calendars = table()
    calendars.add(replace(SPECIAL, command_index=1))

    calendars.replace_special_days(replace(SPECIAL, special_days=()))
    calendars.replace_special_days(replace(SPECIAL, command_index=1))

    told = calendars.in_force(TARIFF).special_days
    assert [(each.command_index, len(each.special_days)) for each in told] == [(0, 0), (1, 1)]
    assert calendars.in_force(TARIFF).weeks == (WEEK,)


def test_identifiers_find_what_is_in_force() -> None:
    calendars = table()

    assert calendars.find(0xFFFFFFFF) == calendars.find(7) == calendars.in_force(TARIFF)
    assert calendars.find(0xFFFFFFFE) == calendars.find(8) == Calendar()


def test_an_identifier_finds_what_is_in_force_before_what_is_to_come() -> None:
    calendars = CalendarTable()
    calendars.expect(HEAD)
    calendars.hold(NON_DISABLEMENT, Calendar(weeks=(WEEK,)))

    assert calendars.find(7) == Calendar(weeks=(WEEK,))


def test_saved_calendars_come_back_in_their_order() -> None:
    calendars = table()
    calendars.expect(replace(HEAD, start_time=900))
    calendars.hold(NON_DISABLEMENT, Calendar(weeks=(WEEK,)))
    saved = json.loads(json.dumps({"calendars": calendars.snapshot()}))

    again = CalendarTable()
    again.restore(saved, "calendars")

    assert again.snapshot() == calendars.snapshot()
    assert again.in_force(TARIFF) == calendars.in_force(TARIFF)


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(LocalError, match="stage"):
        CalendarTable().restore({"c": [{"stage": "past", "type": 0, "calendar": {}}]}, "c")
