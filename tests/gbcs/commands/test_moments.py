from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.commands import moments

DATES = st.datetimes(datetime(2000, 1, 1), datetime(2135, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds carry no zone in hypothesis
WHOLE = DATES.map(lambda at: at.replace(microsecond=0))


@given(WHOLE)
def test_every_way_of_writing_a_moment_gives_it_back(at: datetime) -> None:
    assert moments.from_seconds(moments.seconds(at)) == at
    assert moments.from_cosem_date_time(moments.cosem_date_time(at)) == at
    assert moments.from_generalized_time(moments.generalized_time(at)) == at


@given(st.binary(min_size=12, max_size=12))
def test_any_date_time_is_written_again_as_it_was(octets: bytes) -> None:
    assert moments.cosem_date_time(moments.from_cosem_date_time(octets)) == octets


@given(st.binary(min_size=5, max_size=5))
def test_any_date_is_written_again_as_it_was(octets: bytes) -> None:
    assert moments.cosem_date(moments.from_cosem_date(octets)) == octets


@given(st.binary(min_size=4, max_size=4))
def test_any_time_and_zcl_date_is_written_again_as_it_was(octets: bytes) -> None:
    assert moments.cosem_time(moments.from_cosem_time(octets)) == octets
    assert moments.zcl_date(moments.from_zcl_date(octets)) == octets


def test_a_date_time_is_12_octets() -> None:
    at = datetime(2014, 12, 31, 23, 59, 10, tzinfo=UTC)

    assert moments.cosem_date_time(at) == bytes.fromhex("07DE 0C 1F FF 17 3B 0A 00 8000 FF")


def test_any_part_of_a_date_may_be_left_open() -> None:
    assert moments.cosem_date("*-12-25") == bytes.fromhex("FFFF 0C 19 FF")
    assert moments.zcl_date("*-12-25") == bytes.fromhex("FF 0C 19 FF")
    assert moments.cosem_time("06:*:00") == bytes.fromhex("06 FF 00 00")


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("*-01-01T00:00:00Z", "FFFF 01 01 FF 00 00 00 00 8000 FF"),
        ("2015-*-01T06:30:00Z", "07DF FF 01 FF 06 1E 00 00 8000 FF"),
    ],
)
def test_a_season_may_begin_in_any_year(text: str, octets: str) -> None:
    # DUIS SeasonStartDate with NonSpecifiedYear; IEC 62056-6-2 4.1.6.1
    assert moments.cosem_date_time(text) == bytes.fromhex(octets)
    assert moments.from_cosem_date_time(bytes.fromhex(octets)) == text


@pytest.mark.parametrize(
    "text",
    ["*-01-01T*:00:00Z", "*-01-01", "*-01-01T00:00:00", "*-13-01T00:00:00Z", "*-01-01T24:00:00Z"],
)
def test_what_leaves_more_open_or_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|expected"):
        moments.cosem_date_time(text)


def test_another_zone_is_reckoned_to_utc() -> None:
    summer = datetime(2015, 7, 1, 1, tzinfo=timezone(timedelta(hours=1)))

    assert moments.generalized_time(summer) == "20150701000000Z"


@pytest.mark.parametrize("value", ["yesterday", "2015-01-01", 5, None, datetime(2015, 1, 1)])  # noqa: DTZ001 - a date without zone is what is refused
def test_what_is_no_moment_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"zone|isoformat"):
        moments.moment(value)


def test_a_moment_before_2000_has_no_seconds() -> None:
    with pytest.raises(ValueError, match="from 2000"):
        moments.seconds("1999-12-31T23:59:59Z")


@pytest.mark.parametrize("text", ["25 December", "*-13", "2015-12-25T00:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="written otherwise"):
        moments.cosem_date(text)
