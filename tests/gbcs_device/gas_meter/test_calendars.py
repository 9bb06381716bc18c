"""What was published is executed; what cannot be executed is one register."""

from datetime import datetime

import pytest

from emulator.gbcs_device.gas_meter.calendars import ALWAYS, executed
from emulator.gbcs_device.gbz.state.calendars import Calendar
from emulator.metering.drifting_clock import own_time
from emulator.testing.scenes.gbz_scene import filled
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
    SpecialDay,
)

DAYS = (
    filled(PublishDayProfile, day_id=1, entries=(ScheduleEntry(0, 1), ScheduleEntry(420, 2))),
    filled(PublishDayProfile, day_id=9, entries=(ScheduleEntry(0, 3),)),
)
WEEK = filled(
    PublishWeekProfile,
    week_id=4,
    monday=1,
    tuesday=1,
    wednesday=1,
    thursday=1,
    friday=1,
    saturday=9,
    sunday=9,
)
ANY = 0xFF
SEASONS = filled(PublishSeasons, seasons=(Season(Date(ANY, 3, 20, ANY), 4),))


def special(date: Date) -> PublishSpecialDays:
    return filled(PublishSpecialDays, special_days=(SpecialDay(date, 9),))


def register(calendar: Calendar, moment: str) -> int:
    return executed(calendar).register(own_time(datetime.fromisoformat(f"{moment}Z")))


def test_weeks_and_seasons_name_days() -> None:
    calendar = Calendar(None, DAYS, (WEEK,), (SEASONS,))

    # Monday morning and noon, and a Saturday
    assert register(calendar, "2026-06-01T06:59") == 1
    assert register(calendar, "2026-06-01T07:00") == 2
    assert register(calendar, "2026-06-06T07:00") == 3


@pytest.mark.parametrize(
    ("date", "registers"),
    [
        (Date(126, 6, 1, ANY), [3, 2, 2]),
        (Date(ANY, 6, 1, ANY), [3, 2, 3]),
        (Date(126, ANY, 1, ANY), [3, 3, 2]),
        (Date(126, 6, ANY, ANY), [3, 2, 2]),
    ],
)
def test_special_days_go_before_the_week(date: Date, registers: list[int]) -> None:
    calendar = Calendar(None, DAYS, (WEEK,), (SEASONS,), (special(date),))

    noons = [f"{day}T12:00" for day in ("2026-06-01", "2026-07-01", "2027-06-01")]
    assert [register(calendar, each) for each in noons] == registers


def test_calendar_of_one_day_is_that_day() -> None:
    assert register(Calendar(None, DAYS[:1]), "2026-06-06T08:00") == 2


def test_empty_calendar_is_one_register() -> None:
    assert executed(Calendar()) is ALWAYS


def test_calendar_that_cannot_be_executed_is_one_register() -> None:
    assert executed(Calendar(None, DAYS[:1], (WEEK,), (SEASONS,))) is ALWAYS
