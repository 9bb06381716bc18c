from datetime import UTC, datetime

import pytest

from emulator.metering.date_patterns import LAST, LAST_BUT_ONE, DatePattern, DatePatterns
from emulator.metering.drifting_clock import moment_of, own_time
from emulator.metering.quantities import HOUR

BEGIN = own_time(datetime(2026, 1, 5, tzinfo=UTC))
"""A Monday."""


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (DatePattern(0), at(2026, 1, 6)),
        (DatePattern(HOUR), at(2026, 1, 5, 1)),
        (DatePattern(0, day=1), at(2026, 2, 1)),
        (DatePattern(0, month=1, day=1), at(2027, 1, 1)),
        (DatePattern(0, year=2035, month=7, day=4), at(2035, 7, 4)),
        (DatePattern(0, weekday=3), at(2026, 1, 7)),
        (DatePattern(0, month=2, day=LAST), at(2026, 2, 28)),
        (DatePattern(0, month=2, day=LAST_BUT_ONE), at(2026, 2, 27)),
        (DatePattern(0, month=2, day=29), at(2028, 2, 29)),
        (DatePattern(0, day=LAST), at(2026, 1, 31)),
    ],
)
def test_next_moment_of_a_pattern_is_found(pattern: DatePattern, expected: datetime) -> None:
    found = moment_of(DatePatterns([pattern]).next_end(BEGIN))

    assert found == expected


def test_earliest_of_several_counts() -> None:
    patterns = DatePatterns([DatePattern(0, month=each, day=1) for each in (10, 4, 7)])

    assert moment_of(patterns.next_end(BEGIN)).month == 4


@pytest.mark.parametrize("patterns", [(), (DatePattern(0, year=2025, month=1, day=1),)])
def test_what_never_comes_is_beyond_all_times(patterns: tuple[DatePattern, ...]) -> None:
    assert DatePatterns(patterns).next_end(BEGIN) == 2**62


def test_equal_patterns_are_equal() -> None:
    assert DatePatterns([DatePattern(0)]) == DatePatterns((DatePattern(0),))
    assert hash(DatePatterns([DatePattern(0)])) == hash(DatePatterns([DatePattern(0)]))
    assert DatePatterns() != DatePatterns([DatePattern(0)])
