from datetime import UTC, datetime

import pytest

from emulator.metering.demand.profile_times import TimeZone, start_of


@pytest.mark.parametrize(
    ("text", "zone", "hour"),
    [
        ("2026-06-01T10:00Z", None, 10),
        ("2026-06-01T10:00+01:00", None, 9),
        ("2026-06-01 10:00", TimeZone.UTC, 10),
        ("2026-06-01 10:00", TimeZone.LONDON, 9),
        ("2026-01-01 10:00:00", TimeZone.LONDON, 10),
    ],
)
def test_time_is_read_in_utc(text: str, zone: TimeZone | None, hour: int) -> None:
    found = start_of(text, zone, None)

    assert isinstance(found, datetime)
    assert (found.hour, found.tzinfo) == (hour, UTC)


@pytest.mark.parametrize(
    ("text", "zone", "rule"),
    [
        ("yesterday", None, "expected a time"),
        ("2026-06-01T10:00", None, "no offset"),
        ("2026-06-01T10:01Z", None, "whole half hour"),
        ("2026-06-01T10:00:01Z", None, "whole half hour"),
        ("2026-03-29T01:30", TimeZone.LONDON, "goes forward"),
    ],
)
def test_time_that_breaks_a_rule_says_which(text: str, zone: TimeZone | None, rule: str) -> None:
    assert rule in str(start_of(text, zone, None))


def test_hour_that_comes_twice_is_read_in_order() -> None:
    first = start_of("2026-10-25T01:00", TimeZone.LONDON, None)
    assert isinstance(first, datetime)
    second = start_of("2026-10-25T01:00", TimeZone.LONDON, first)
    third = start_of(
        "2026-10-25T01:00", TimeZone.LONDON, second if isinstance(second, datetime) else None
    )

    assert (first.hour, second) == (0, datetime(2026, 10, 25, 1, tzinfo=UTC))
    # no third reading: the row overlaps, which the profile says
    assert third == second
