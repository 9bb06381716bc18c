from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.kernel.units import minutes, seconds
from emulator.zigbee.nwk.settings import MAX_TIMEOUT_ENUMERATION, NwkSettings, end_device_timeout


@pytest.mark.parametrize(
    ("enumeration", "expected"),
    [(0, seconds(10)), (1, minutes(2)), (8, minutes(256)), (14, minutes(16384))],
)
def test_timeout_enumeration_stands_for_its_time(enumeration: int, expected: int) -> None:
    assert end_device_timeout(enumeration) == expected
    assert enumeration <= MAX_TIMEOUT_ENUMERATION


def test_what_no_source_proves_says_so() -> None:
    names = set(unverified(NwkSettings()))

    assert "fast_poll_interval" in names
    assert "link_status_period" not in names


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("default_radius", 0),
        ("default_radius", 256),
        ("concentrator_radius", -1),
        ("keep_alive_fraction", 0),
        ("keep_alive_fraction", 256),
        ("end_device_timeout", 15),
        ("end_device_timeout_default", -1),
    ],
)
def test_what_no_frame_can_say_is_refused(name: str, value: int) -> None:
    wanted: dict[str, Any] = {name: value}

    with pytest.raises(UsageError, match=f"nwk.{name} is {value}: expected"):
        NwkSettings(**wanted)
