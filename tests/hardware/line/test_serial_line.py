"""Serial ports: what goes wrong is said in one line, with what to do."""

import os
import pty
from pathlib import Path

import pytest

from hardware.line.address import SerialAddress
from hardware.line.byte_line import LineFault
from hardware.line.opening import open_line
from hardware.line.serial_line import open_serial
from hardware.line.serving import serve_line
from tests.hardware.line.line_ends import take


def test_absent_port_names_the_list(tmp_path: Path) -> None:
    with pytest.raises(LineFault, match=r"no such port: see `hanlab radio list`"):
        open_serial(SerialAddress(str(tmp_path / "absent")))


def test_busy_port_says_so(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))
    first = open_line(str(tmp_path / "dongle"))

    with pytest.raises(LineFault, match="busy: another program"):
        open_line(str(tmp_path / "dongle"))

    first.close()
    served.close()


def test_closed_port_is_free_again(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))

    for _ in range(3):
        open_line(str(tmp_path / "dongle")).close()

    served.close()


@pytest.mark.parametrize("path", ["/dev/null", "/etc/hostname"])
def test_what_is_no_serial_port_is_told(path: str) -> None:
    with pytest.raises(LineFault, match="no serial port"):
        open_serial(SerialAddress(path))


def test_folder_is_no_serial_port(tmp_path: Path) -> None:
    with pytest.raises(LineFault, match="no serial port but a folder"):
        open_serial(SerialAddress(str(tmp_path)))


def test_unplugged_port_says_so_and_is_released() -> None:
    near, far = pty.openpty()
    line = open_serial(SerialAddress(os.ttyname(far)))
    os.close(far)
    os.close(near)

    with pytest.raises(LineFault, match="unplugged: plug the dongle in again"):
        take(line, 1)

    assert line.fileno() == -1


def test_writing_to_an_unplugged_port_says_so() -> None:
    near, far = pty.openpty()
    line = open_serial(SerialAddress(os.ttyname(far)))
    os.close(far)
    os.close(near)

    with pytest.raises(LineFault, match="unplugged"):
        line.write(b"x")


def test_port_that_takes_nothing_keeps_octets_for_later(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))
    line = open_line(str(tmp_path / "dongle"))

    line.write(bytes(60_000))
    waited = line.unsent
    arrived = 0
    while arrived < 60_000:
        arrived += len(take(served, 1))
        line.flush()

    assert waited
    assert not line.unsent
    line.close()
    served.close()
