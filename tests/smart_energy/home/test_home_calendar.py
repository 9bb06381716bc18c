"""A display reads a switching table part by part, and knows the coming rates (ZSE 1.4 Annex D)."""

from dataclasses import replace
from datetime import datetime

from emulator.metering.drifting_clock import own_time
from emulator.smart_energy.home.home_calendar import HomeCalendar
from emulator.wire.struct import Struct
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    GetDayProfiles,
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
    SpecialDay,
)

HEAD = PublishCalendar(0, 0, 5, 0, 0, 0, b"", 1, 1, 2)
DAY = PublishDayProfile(0, 0, 5, 3, 2, 0, 1, 0, (ScheduleEntry(0, 1), ScheduleEntry(420, 2)))
REST = PublishDayProfile(0, 0, 5, 9, 1, 0, 1, 0, (ScheduleEntry(0, 4),))
WEEK = PublishWeekProfile(0, 0, 5, 1, 3, 3, 3, 3, 3, 9, 9)
SEASONS = PublishSeasons(0, 0, 5, 0, 1, (Season(Date(0xFF, 1, 1, 0xFF), 1),))
CHRISTMAS = PublishSpecialDays(0, 0, 5, 0, 0, 1, 0, 1, (SpecialDay(Date(0xFF, 12, 25, 0xFF), 9),))


def read(calendar: HomeCalendar, *parts: Struct, head: PublishCalendar = HEAD) -> list[int]:
    """Look at a supply that has these parts; the commands that were sent."""
    calendar.announced(head)
    sent = []
    while (wanted := calendar.wanted()) is not None:
        sent.append(wanted.command)
        first = wanted.request.start_day_id if isinstance(wanted.request, GetDayProfiles) else 0
        fitting = (
            each
            for each in parts
            if isinstance(each, wanted.payload) and getattr(each, "day_id", 0) >= first
        )
        told = next(fitting, None)
        if told is not None:
            calendar.take(told)
    return sent


def at(moment: str) -> int:
    return own_time(datetime.fromisoformat(f"{moment}Z"))


def seconds(moment: str) -> int:
    return at(moment) // 1_000_000


def known(*parts: Struct) -> HomeCalendar:
    calendar = HomeCalendar()
    read(calendar, *parts)
    return calendar


def test_days_are_asked_for_one_by_one_whatever_their_numbers() -> None:
    calendar = HomeCalendar()

    assert read(calendar, DAY, REST, WEEK, SEASONS) == [1, 1, 2, 3, 4]
    assert calendar.days == [DAY, REST]


def test_calendar_that_is_known_is_not_asked_for_again_but_special_days_are() -> None:
    calendar = known(DAY, REST, WEEK, SEASONS)
    assert not calendar.special_days

    assert read(calendar, CHRISTMAS) == [4]
    assert calendar.special_days == [CHRISTMAS]


def test_calendar_of_another_head_is_asked_for_anew() -> None:
    calendar = known(DAY, REST, WEEK, SEASONS)
    other = replace(HEAD, issuer_calendar_id=6, number_of_day_profiles=1)

    assert read(calendar, replace(REST, issuer_calendar_id=6), head=other) == [1, 2, 3, 4]
    assert [each.day_id for each in calendar.days] == [9]


def test_coming_rates_are_those_of_a_day() -> None:
    calendar = known(DAY, REST, WEEK, SEASONS)

    # a Friday: the Saturday after has a rate of its own
    assert calendar.switches(at("2026-01-09T08:30")) == (
        (seconds("2026-01-09T08:30"), 2),
        (seconds("2026-01-10T00:00"), 4),
    )


def test_special_day_has_its_own_rate() -> None:
    calendar = known(DAY, REST, WEEK, SEASONS, CHRISTMAS)

    assert calendar.switches(at("2026-12-25T08:00"))[0] == (seconds("2026-12-25T08:00"), 4)


def test_calendar_with_a_part_missing_tells_no_rates() -> None:
    assert known(DAY, WEEK, SEASONS).switches(at("2026-01-09T08:30")) == ()
    assert known(DAY, REST, replace(WEEK, monday=7), SEASONS).switches(0) == ()
    assert HomeCalendar().switches(0) == ()


def test_supply_that_never_answers_is_asked_for_each_part_once() -> None:
    assert read(HomeCalendar()) == [1, 2, 3, 4]


def test_part_of_another_calendar_is_dropped() -> None:
    calendar = HomeCalendar()
    calendar.take(DAY)
    calendar.announced(HEAD)
    calendar.take(replace(DAY, issuer_calendar_id=6))
    calendar.take(HEAD)

    assert not calendar.days


def test_calendar_that_is_there_no_more_is_forgotten() -> None:
    calendar = known(DAY, REST, WEEK, SEASONS)
    calendar.announced(None)

    assert calendar.wanted() is None
    assert calendar.switches(at("2026-01-09T08:30")) == ()
