"""British time beside the zone database of the system (zoneinfo, Europe/London)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.metering.british_time import from_local, offset, readings_of, to_local

LONDON = ZoneInfo("Europe/London")
moments = st.integers(0, 40 * 365 * 24 * 3600).map(
    lambda second: datetime(1996, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


def local(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 - as on a clock on the wall


@given(moments)
def test_local_time_is_that_of_the_zone_database(moment: datetime) -> None:
    assert to_local(moment) == moment.astimezone(LONDON).replace(tzinfo=None)
    assert offset(moment) == moment.astimezone(LONDON).utcoffset()


@given(moments)
def test_local_time_is_read_at_the_moment_it_came_from(moment: datetime) -> None:
    assert moment in readings_of(to_local(moment))


@pytest.mark.parametrize(
    ("day", "hour", "count"),
    [((2026, 3, 29), 1, 0), ((2026, 10, 25), 1, 2), ((2026, 6, 1), 1, 1), ((2026, 3, 29), 2, 1)],
)
def test_hour_is_left_out_in_spring_and_comes_twice_in_autumn(
    day: tuple[int, int, int], hour: int, count: int
) -> None:
    assert len(readings_of(local(*day, hour, 30))) == count


def test_left_out_hour_begins_when_summer_does() -> None:
    assert from_local(local(2026, 3, 29, 1, 30)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_doubled_hour_is_its_first_reading() -> None:
    twice = local(2026, 10, 25, 1, 30)

    assert from_local(twice) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert readings_of(twice)[1] - readings_of(twice)[0] == timedelta(hours=1)
