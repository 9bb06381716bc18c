"""Tunnels that no request can ask for."""

from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.smart_energy.tunnel.settings import TunnelSettings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("protocol", -1),
        ("protocol", 256),
        ("manufacturer", 0x10000),
        ("maximum_incoming", 0),
        ("maximum_incoming", 0x10000),
        ("reopen", 0),
    ],
)
def test_what_a_request_has_no_room_for_is_refused(name: str, value: int) -> None:
    wanted: dict[str, Any] = {name: value}

    with pytest.raises(UsageError, match=f"tunnel.{name} is {value}.*: expected"):
        TunnelSettings(**wanted)
