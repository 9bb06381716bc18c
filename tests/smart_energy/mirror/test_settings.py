"""Mirrors that no meter can configure."""

from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.smart_energy.mirror.settings import MirrorSettings


@pytest.mark.parametrize(
    ("name", "value"),
    [("interval", 0), ("interval", 1 << 24), ("scheme", -1), ("scheme", 256)],
)
def test_what_a_command_has_no_room_for_is_refused(name: str, value: int) -> None:
    wanted: dict[str, Any] = {name: value}

    with pytest.raises(UsageError, match=f"mirror.{name} is {value}: expected"):
        MirrorSettings(**wanted)
