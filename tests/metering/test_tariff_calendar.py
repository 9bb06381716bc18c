"""Tariffs switch in UTC, or by the clock on the wall, also on the days on which that jumps."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.metering.drifting_clock import own_time
from emulator.metering.quantities import HALF_HOUR, HOUR
from emulator.metering.tariff_calendar import (
    Season,
    SpecialDay,
    Switch,
    TariffCalendar,
    TimeReference,
    local_date,
)

ECONOMY_7 = (Switch(0, 1), Switch(30, 0), Switch(450, 1))
"""Night rate from 00:30 to 07:30."""
FLAT = (Switch(0, 2),)
ALL_YEAR = (Season(1, 1, 0),)


def calendar(
    reference: TimeReference = TimeReference.UTC, special: tuple[SpecialDay, ...] = ()
) -> TariffCalendar:
    return TariffCalendar((ECONOMY_7, FLAT), [(0,) * 5 + (1, 1)], ALL_YEAR, special, reference)


def at(*parts: int) -> int:
    year, month, day, hour, minute = parts
    return own_time(datetime(year, month, day, hour, minute, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "register"),
    [
        ((2026, 6, 1, 0, 29), 1),
        ((2026, 6, 1, 0, 30), 0),
        ((2026, 6, 1, 7, 29), 0),
        ((2026, 6, 1, 7, 30), 1),
        ((2026, 6, 6, 0, 30), 2),
    ],
)
def test_register_is_that_of_the_day_in_utc(moment: tuple[int, ...], register: int) -> None:
    assert calendar().register(at(*moment)) == register


@pytest.mark.parametrize(
    ("moment", "register"),
    [
        ((2026, 1, 12, 0, 30), 0),
        ((2026, 6, 1, 23, 29), 1),
        ((2026, 6, 1, 23, 30), 0),
        ((2026, 6, 2, 6, 30), 1),
        ((2026, 6, 5, 23, 0), 2),
    ],
)
def test_local_calendar_goes_by_the_clock_on_the_wall(
    moment: tuple[int, ...], register: int
) -> None:
    assert calendar(TimeReference.LOCAL).register(at(*moment)) == register


@pytest.mark.parametrize(
    ("day", "hours"), [((2026, 3, 29), 6), ((2026, 10, 25), 8), ((2026, 7, 5), 7)]
)
def test_night_is_an_hour_shorter_in_spring_and_longer_in_autumn(
    day: tuple[int, int, int], hours: int
) -> None:
    table = TariffCalendar((ECONOMY_7,), [(0,) * 7], ALL_YEAR, (), TimeReference.LOCAL)
    midnight = own_time(datetime(*day, tzinfo=UTC))

    half_hours = range(midnight - 2 * HOUR, midnight + 22 * HOUR, HALF_HOUR)
    assert sum(table.register(own) == 0 for own in half_hours) == 2 * hours


def test_special_day_goes_before_the_week_and_a_year_before_every_year() -> None:
    table = calendar(special=(SpecialDay(12, 25, 0), SpecialDay(12, 25, 1, year=2026)))

    assert table.profile_on(date(2026, 12, 25)) == 1
    # a Saturday
    assert table.profile_on(date(2027, 12, 25)) == 0


@pytest.mark.parametrize(
    ("day", "week"), [((1, 1), 1), ((3, 31), 1), ((4, 1), 0), ((9, 30), 0), ((10, 1), 1)]
)
def test_season_holds_over_the_end_of_the_year(day: tuple[int, int], week: int) -> None:
    table = TariffCalendar(
        (ECONOMY_7, FLAT), [(0,) * 7, (1,) * 7], (Season(10, 1, 1), Season(4, 1, 0))
    )

    assert table.profile_on(date(2026, *day)) == week


@given(st.integers(0, 700 * 48), st.sampled_from(TimeReference))
def test_register_holds_until_the_next_switch(half_hours: int, reference: TimeReference) -> None:
    table, fresh = calendar(reference), calendar(reference)
    own = at(2026, 1, 1, 0, 0) + half_hours * HALF_HOUR

    until = table.next_switch(own)

    assert own < until <= own + 24 * HOUR
    assert fresh.register(until - 1) == table.register(own)


def test_everything_that_cannot_be_executed_is_named_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        TariffCalendar(
            ((Switch(5, 0), Switch(5, -1)), (Switch(0, 1), Switch(1440, 1))),
            [(0, 9)],
            (Season(2, 30, 3),),
            (SpecialDay(13, 1, 7),),
        )

    assert refused.value.problems == (
        "day profile 0: begins at [5]; expected minute 0",
        "day profile 0: minutes [5, 5]; expected ascending",
        "day profile 0: register -1; expected 0 or more",
        "day profile 1: minute 1440; expected 0 to 1439",
        "week 0: 2 days; expected 7",
        "week 0: day profile 9: there is none",
        "season of 2-30: week 3: there is none",
        "season: 2000-2-30 is no date",
        "special day: day profile 7: there is none",
        "special day: 2000-13-1 is no date",
    )


def test_calendar_without_seasons_is_refused() -> None:
    with pytest.raises(UsageError, match="at least one"):
        TariffCalendar((FLAT,), [(0,) * 7], ())


def test_day_begins_by_the_reference() -> None:
    late = own_time(datetime(2026, 6, 1, tzinfo=UTC) - timedelta(minutes=30))

    assert local_date(late, TimeReference.UTC) == date(2026, 5, 31)
    assert local_date(late, TimeReference.LOCAL) == date(2026, 6, 1)
