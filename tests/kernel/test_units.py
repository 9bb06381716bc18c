from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.units import (
    DEFAULT_START,
    Calendar,
    Instant,
    between,
    format_duration,
    hours,
    later,
    microseconds,
    milliseconds,
    minutes,
    parse_duration,
    seconds,
)


def test_every_unit_is_whole_microseconds() -> None:
    assert microseconds(864) == 864
    assert milliseconds(491.52) == 491_520
    assert seconds(7.68) == 7_680_000
    assert minutes(1.5) == 90_000_000
    assert hours(2) == 7_200_000_000


def test_later_and_between_are_each_others_inverse() -> None:
    start = Instant(5)

    assert later(start, seconds(2)) == 2_000_005
    assert between(start, later(start, seconds(2))) == seconds(2)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("15 min", minutes(15)),
        (" 2 h ", hours(2)),
        ("1.6 s", seconds(1.6)),
        ("500ms", milliseconds(500)),
        ("864 us", microseconds(864)),
        ("1 d", hours(24)),
    ],
)
def test_a_person_writes_a_number_and_a_unit(text: str, duration: int) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text", ["", "5", "min", "-5 s", "5 sec", "5 s 3", "1e3 s", "\u0665 min", "9" * 400 + " s"]
)
def test_anything_else_is_refused_with_the_units(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_duration(text)

    assert str(raised.value) == (
        f"duration {text!r}: expected a number and one of us, ms, s, min, h, d"
    )


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (0, "0 us"),
        (864, "864 us"),
        (491_520, "491.52 ms"),
        (15_000_000, "15 s"),
        (60_000_000, "1 min"),
        (90_500_000, "1 min 30.5 s"),
        (7_500_000_000, "2 h 5 min"),
        (-5_000, "-5 ms"),
        (-90_000_000, "-1 min 30 s"),
        (59_999_999, "59.999999 s"),
        (119_999_999, "1 min 59.999999 s"),
    ],
)
def test_a_duration_reads_as_a_person_would_write_it(duration: int, text: str) -> None:
    assert format_duration(duration) == text


@given(st.integers(0, 59_999_999))
def test_a_duration_below_a_minute_comes_back_exactly(duration: int) -> None:
    assert parse_duration(format_duration(duration)) == duration


def test_virtual_time_begins_where_the_contract_says() -> None:
    assert Calendar().moment(Instant(0)) == datetime(2026, 1, 5, tzinfo=UTC) == DEFAULT_START


def test_zigbee_time_counts_whole_seconds_since_2000() -> None:
    calendar = Calendar(datetime(2000, 1, 2, tzinfo=UTC))

    assert calendar.zigbee_time(Instant(0)) == 86_400
    assert calendar.zigbee_time(Instant(1_999_999)) == 86_401
