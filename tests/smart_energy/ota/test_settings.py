"""What no query of an upgrade can carry."""

from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.smart_energy.ota.settings import OtaSettings


@pytest.mark.parametrize(
    ("name", "value"),
    [("manufacturer", -1), ("image_type", 0x10000), ("block", 0), ("block", 256)],
)
def test_what_a_query_has_no_room_for_is_refused(name: str, value: int) -> None:
    wanted: dict[str, Any] = {name: value}

    with pytest.raises(UsageError, match=f"ota.{name} is {value}: expected"):
        OtaSettings(**wanted)


def test_the_longest_block_is_taken() -> None:
    assert OtaSettings(block=255).block == 255
