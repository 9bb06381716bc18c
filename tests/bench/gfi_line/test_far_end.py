from pathlib import Path

import pytest

from emulator.bench.gfi_line.far_end import Wire, connected, far_end
from emulator.bench.gfi_line.wire_settings import USUAL
from emulator.kernel.errors import EnvironmentFault, UsageError


def test_gfi_tool_is_host_and_port() -> None:
    assert far_end("127.0.0.1:47341", None) == ("127.0.0.1", 47341)


@pytest.mark.parametrize("line", ["./itch", "/dev/ttyUSB0", "tcp://127.0.0.1:1", "COM5"])
def test_wire_is_a_serial_path_or_a_url(line: str) -> None:
    assert far_end(line, None) == Wire(line, USUAL)


@pytest.mark.parametrize("line", ["http://x", "./itch?baud=fast", "tcp://x"])
def test_wire_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="--line"):
        far_end(line, None)


def test_transport_of_what_is_no_wire_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no wire"):
        far_end("127.0.0.1:1", tmp_path / "itch.toml")


def test_wire_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="no such port"):
        connected(far_end(str(tmp_path / "none"), None), 0.0)
