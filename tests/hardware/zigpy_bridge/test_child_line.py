"""A program as a line."""

import select
import sys

import pytest

from hardware.line.byte_line import LineFault
from hardware.zigpy_bridge.child_line import ChildLine

ECHO = "import sys\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)"


def read(line: ChildLine) -> bytes:
    """A whole line, in however many parts it comes."""
    octets = b""
    while not octets.endswith(b"\n"):
        assert select.select((line.fileno(),), (), (), 20)[0]
        octets += line.read()
    return octets


def test_what_is_written_is_read_by_the_program_and_answered() -> None:
    line = ChildLine("echo", (sys.executable, "-c", ECHO))
    try:
        early = line.read()
        line.write(b"abc\n")
        assert (early, read(line), line.unsent) == (b"", b"cba\n", False)
        line.flush()
    finally:
        line.close()

    assert line.fileno() == -1


def test_a_program_that_ends_is_a_lost_line() -> None:
    line = ChildLine("nothing", (sys.executable, "-c", ""))

    with pytest.raises(LineFault, match="nothing: ended"):
        read(line)
    with pytest.raises(LineFault):
        line.write(b"late")
    with pytest.raises(LineFault):
        line.read()
