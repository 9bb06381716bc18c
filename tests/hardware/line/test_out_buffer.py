"""Octets that a line does not take at once."""

import pytest

from hardware.line.byte_line import LineFault
from hardware.line.out_buffer import LIMIT, OutBuffer


class SlowLine:
    def __init__(self, room: int) -> None:
        self.room = room
        self.taken = b""

    def send(self, octets: bytes) -> int:
        if not self.room:
            raise BlockingIOError
        taken = octets[: self.room]
        self.room -= len(taken)
        self.taken += taken
        return len(taken)


def test_everything_goes_in_order_once_there_is_room() -> None:
    line = SlowLine(2)
    out = OutBuffer("x", line.send)

    out.write(b"abc")
    waited = out.unsent
    line.room = 9
    out.write(b"de")

    assert waited
    assert line.taken == b"abcde"
    assert not out.unsent


def test_line_that_takes_nothing_is_lost_in_the_end() -> None:
    out = OutBuffer("port", SlowLine(0).send)

    with pytest.raises(LineFault, match="port: takes no more octets"):
        out.write(bytes(LIMIT + 1))


def test_lossy_line_keeps_the_newest() -> None:
    line = SlowLine(0)
    out = OutBuffer("port", line.send, lossy=True)

    out.write(b"old" + bytes(LIMIT))
    line.room = 2 * LIMIT
    out.flush()

    assert line.taken == bytes(LIMIT)


def test_what_waits_can_be_forgotten() -> None:
    out = OutBuffer("port", SlowLine(0).send)

    out.write(b"x")
    out.drop()

    assert not out.unsent


def test_line_that_answers_nothing_keeps_octets_waiting() -> None:
    out = OutBuffer("port", lambda _octets: None)

    out.write(b"x")

    assert out.unsent
