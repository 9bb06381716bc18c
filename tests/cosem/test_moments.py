from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.date_times import NEVER, NOW
from emulator.cosem.moments import date_time_octets, moment_of, seconds_of

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of the strategy must be naive
NEW_YEAR = datetime(2015, 1, 1, tzinfo=UTC)


def test_octets_leave_weekday_and_deviation_open() -> None:
    assert date_time_octets(NEW_YEAR).hex(" ") == "07 df 01 01 ff 00 00 00 00 80 00 ff"


def test_clock_status_ends_the_octets() -> None:
    assert date_time_octets(NEW_YEAR, 0x04)[-1] == 0x04


def test_other_time_zones_are_told_in_utc() -> None:
    summer = datetime(2015, 7, 1, 1, tzinfo=timezone(timedelta(hours=1)))

    assert moment_of(date_time_octets(summer)) == datetime(2015, 7, 1, tzinfo=UTC)


@given(MOMENTS)
def test_round_trip_keeps_whole_seconds(moment: datetime) -> None:
    assert moment_of(date_time_octets(moment)) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "octets",
    [NOW, NEVER, b"", bytes(11), bytes.fromhex("07DF 02 1E FF 00 00 00 00 8000 FF")],
    ids=["now", "never", "empty", "short", "30 February"],
)
def test_octets_that_name_no_single_moment_give_none(octets: bytes) -> None:
    assert moment_of(octets) is None


def test_deviation_leads_from_local_time_to_utc() -> None:
    british_summer_time = bytes.fromhex("07DF 07 01 FF 01 00 00 00 FFC4 FF")  # -60 minutes

    assert moment_of(british_summer_time) == datetime(2015, 7, 1, tzinfo=UTC)


def test_deviation_beyond_the_calendar_gives_none() -> None:
    last_minute = bytes.fromhex("270F 0C 1F FF 17 3B 3B 00 02D0 FF")  # year 9999, +720 minutes

    assert moment_of(last_minute) is None


@given(st.binary(max_size=14))
def test_any_octets_are_a_moment_or_none(octets: bytes) -> None:
    assert moment_of(octets) is None or len(octets) == 12


def test_seconds_count_from_2000() -> None:
    assert seconds_of(NEW_YEAR) == 473_385_600


@pytest.mark.parametrize(("year", "seconds"), [(1999, 0), (2500, 0xFFFFFFFF)])
def test_seconds_outside_32_bits_are_the_nearest_that_fit(year: int, seconds: int) -> None:
    assert seconds_of(datetime(year, 1, 1, tzinfo=UTC)) == seconds
