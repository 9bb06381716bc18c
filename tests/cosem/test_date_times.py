import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.date_times import (
    NEVER,
    NOW,
    format_date,
    format_date_time,
    format_time,
)


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        ("07DF 01 01 FF 00 00 00 00 8000 FF", "2015-01-01 00:00:00 UTC"),
        ("07DF 01 01 04 10 1E 05 00 0000 00", "2015-01-01 16:30:05 UTC"),
        ("07DF 07 01 FF 10 1E 05 32 FFC4 80", "2015-07-01 16:30:05.50 UTC+60 min"),
        ("FFFF FF 01 FF 00 00 00 FF 8000 FF", "*-*-01 00:00:00"),
        ("FFFF FE FE 07 01 00 00 00 8000 FF", "Sun *-daylight savings begin-last 01:00:00"),
        ("07DF", "07DF"),
    ],
)
def test_a_date_time_reads_as_people_write_it(octets: str, text: str) -> None:
    assert format_date_time(bytes.fromhex(octets)) == text


def test_the_two_activation_times_of_gbcs_have_names() -> None:
    assert (format_date_time(NOW), format_date_time(NEVER)) == ("now", "never")


def test_dates_and_times_stand_alone_too() -> None:
    assert format_date(bytes.fromhex("07DF 0C 19 FF")) == "2015-12-25"
    assert format_time(bytes.fromhex("17 00 00 00")) == "23:00:00"
    assert (format_date(b""), format_time(b"\x01")) == ("", "01")


@given(st.binary(min_size=12, max_size=12))
def test_any_octets_have_a_text(octets: bytes) -> None:
    assert format_date_time(octets)
