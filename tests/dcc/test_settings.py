from typing import Any

import pytest

from emulator.dcc.settings import AssumedCodes, DccSettings, ResponseTimes
from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified


def test_every_time_is_marked_as_assumed() -> None:
    times = ResponseTimes()

    assert set(unverified(times)) == set(times.__slots__)


@pytest.mark.parametrize(("code", "proven"), [("E19", True), ("E100", False), ("E31", False)])
def test_assumed_codes_are_not_proven(code: str, proven: bool) -> None:
    assert AssumedCodes().proven(code) is proven


def test_weakly_remembered_limit_does_not_hold_by_default() -> None:
    assert DccSettings().horizon is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("clock_tolerance", 86_401), ("clock_tolerance", -1), ("first_counter", 1 << 63)],
)
def test_what_a_command_has_no_room_for_is_refused(name: str, value: int) -> None:
    wanted: dict[str, Any] = {name: value}

    with pytest.raises(UsageError, match=f"dcc.{name} is {value}: expected"):
        DccSettings(**wanted)
