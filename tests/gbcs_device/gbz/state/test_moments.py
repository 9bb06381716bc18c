"""Moments in commands are seconds since 2000."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs_device.gbz.state.moments import (
    LATEST,
    WITHDRAWN,
    moment_of,
    seconds_since_2000,
)


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2000, 1, 1, tzinfo=UTC), 0),
        (datetime(2015, 1, 1, tzinfo=UTC), 473_385_600),
        (datetime(1999, 12, 31, tzinfo=UTC), 0),
        (datetime(2200, 1, 1, tzinfo=UTC), LATEST),
    ],
)
def test_a_moment_is_said_in_seconds_as_near_as_can_be(moment: datetime, seconds: int) -> None:
    assert seconds_since_2000(moment) == seconds


@given(st.integers(0, LATEST))
def test_seconds_come_back(seconds: int) -> None:
    assert seconds_since_2000(moment_of(seconds)) == seconds


def test_no_moment_is_taken_for_a_cancellation() -> None:
    assert LATEST not in WITHDRAWN
