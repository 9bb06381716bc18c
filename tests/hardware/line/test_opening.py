"""Any address opens as the line it names."""

from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from hardware.line.opening import open_line
from hardware.line.serial_line import SerialLine
from hardware.line.serving import serve_line
from hardware.line.tcp_line import TcpLine


def test_path_opens_as_a_serial_port(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))
    line = open_line(str(tmp_path / "dongle"))

    assert isinstance(line, SerialLine)
    line.close()
    served.close()


def test_tcp_address_opens_as_a_connection() -> None:
    served = serve_line("tcp://127.0.0.1:0")
    line = open_line(served.name)

    assert isinstance(line, TcpLine)
    line.close()
    served.close()


def test_what_is_no_address_is_a_usage_mistake() -> None:
    with pytest.raises(UsageError):
        open_line("ftp://x")
