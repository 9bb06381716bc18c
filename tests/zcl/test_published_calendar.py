"""Parts that were published make a calendar that can be executed (ZSE 1.4 Annex D)."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from emulator.kernel.errors import UsageError
from emulator.metering.drifting_clock import own_time
from emulator.metering.tariff_calendar import TimeReference
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
)
from emulator.zcl.published_calendar import ANY, executable_calendar

HEAD = PublishCalendar(0, 0, 5, 0, 0, 0, b"C", 2, 2, 2)
DAYS = (
    PublishDayProfile(0, 0, 5, 1, 1, 0, 1, 0, (ScheduleEntry(0, 1),)),
    PublishDayProfile(0, 0, 5, 2, 1, 0, 1, 0, (ScheduleEntry(420, 2),)),
)
WEEKS = tuple(PublishWeekProfile(0, 0, 5, week, *(week,) * 7) for week in (1, 2))


@dataclass(frozen=True, slots=True)
class Parts:
    head: PublishCalendar | None = HEAD
    days: tuple[PublishDayProfile, ...] = DAYS
    weeks: tuple[PublishWeekProfile, ...] = WEEKS
    seasons: tuple[PublishSeasons, ...] = ()
    special_days: tuple[PublishSpecialDays, ...] = ()


def in_seasons(*starts: tuple[int, int]) -> Parts:
    """Seasons that begin on 1 January of a year, each with a week."""
    seasons = tuple(Season(Date(year, 1, 1, ANY), week) for year, week in starts)
    return Parts(seasons=(PublishSeasons(0, 0, 5, 0, 1, seasons),))


def test_calendar_without_days_is_none() -> None:
    assert executable_calendar(Parts(days=())) is None


def test_calendar_may_follow_local_time() -> None:
    made = executable_calendar(Parts(replace(HEAD, calendar_time_reference=1), DAYS[:1], ()))

    assert made is not None
    assert made.reference is TimeReference.LOCAL


def test_week_that_names_no_day_cannot_be_executed() -> None:
    with pytest.raises(UsageError, match="there is none"):
        executable_calendar(Parts(days=DAYS[:1]))


def test_day_that_begins_late_carries_on_only_where_that_may_be() -> None:
    with pytest.raises(UsageError, match="expected minute 0"):
        executable_calendar(in_seasons((ANY, 1)))

    made = executable_calendar(in_seasons((ANY, 2)), carries=True)

    assert made is not None
    assert made.register(own_time(datetime.fromisoformat("2026-06-01T03:00Z"))) == 2


def test_season_of_a_year_holds_from_that_year_on() -> None:
    # 2027 is 127 years after 1900
    made = executable_calendar(in_seasons((126, 1), (127, 2)), carries=True)

    assert made is not None
    noons = (f"{year}-06-01T12:00Z" for year in (2026, 2027, 2028))
    assert [made.register(own_time(datetime.fromisoformat(each))) for each in noons] == [1, 2, 2]
