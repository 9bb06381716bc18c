"""A port that cannot be waited for, as on Windows, carried by a thread to a socket that can."""

import os
import pty
import tty

import pytest
import serial

from hardware.line.byte_line import LineFault
from hardware.line.pumped_line import PumpedLine
from tests.hardware.line.line_ends import take


def ends() -> tuple[int, int, PumpedLine]:
    near, far = pty.openpty()
    tty.setraw(far)
    return near, far, PumpedLine("COM5", serial.Serial(os.ttyname(far)))


def test_octets_go_both_ways() -> None:
    near, far, line = ends()

    os.write(near, b"hello")
    heard = take(line, 5)
    line.write(b"answer")

    assert heard == b"hello"
    assert os.read(near, 9) == b"answer"
    assert line.read() == b""
    assert not line.unsent
    line.flush()
    line.close()
    line.close()
    os.close(near)
    os.close(far)


def test_failing_port_is_a_lost_line() -> None:
    near, far, line = ends()
    os.close(far)
    os.close(near)

    with pytest.raises(LineFault, match="COM5: unplugged"):
        take(line, 1)


def test_closed_line_reads_no_more() -> None:
    near, far, line = ends()
    line.close()

    with pytest.raises(LineFault, match="COM5"):
        line.read()

    os.close(near)
    os.close(far)


def test_writing_to_a_port_that_failed_is_a_lost_line() -> None:
    near, far, line = ends()
    os.close(far)
    os.close(near)

    with pytest.raises(LineFault, match="COM5: unplugged"):
        write_often(line)


def write_often(line: PumpedLine) -> None:
    for _ in range(100):
        line.write(b"x")
