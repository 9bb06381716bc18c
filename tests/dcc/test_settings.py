from typing import Any

import pytest

from emulator.dcc.settings import AssumedCodes, DccSettings, ResponseTimes, WanSettings
from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.kernel.units import Duration, seconds


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


@pytest.mark.parametrize(("name", "value"), [("shortest", seconds(1)), ("longest", Duration(0))])
def test_the_shortest_way_is_not_longer_than_the_longest(name: str, value: Duration) -> None:
    wanted: dict[str, Any] = {name: value}

    with pytest.raises(UsageError, match=r"wan\.shortest is .*: expected no more than"):
        WanSettings(**wanted)


@pytest.mark.parametrize("loss", [-0.1, 1.1])
def test_what_is_no_probability_is_refused(loss: float) -> None:
    with pytest.raises(UsageError, match=r"wan\.loss is .*: expected 0 to 1"):
        WanSettings(loss=loss)
