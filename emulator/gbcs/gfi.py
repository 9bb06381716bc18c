"""GBCS messages as lines of text, as DCC's "GBCS for Industry" tool exchanges them.

    GBCS:DATA#0:<octets, decimal>:<octets, hexadecimal>

A line ends in carriage return and line feed. What the number after `#` counts is not published;
every line seen has 0, so it is kept as it is.
"""

import re
from dataclasses import dataclass
from typing import Final

from emulator.kernel.errors import LocalError

MAXIMUM_OCTETS: Final = 1200
"""Octets in one line (GFI segmented processing)."""

_LINE: Final = re.compile(rb"GBCS:DATA#([0-9]{1,9}):([0-9]{1,9}):([0-9A-Fa-f]*)")
_HEAD: Final = len(b"GBCS:DATA#:") + 2 * 9 + len(b":\r\n")


@dataclass(frozen=True, slots=True)
class GfiFrame:
    """One line: the octets of a message, and the number after `#`."""

    octets: bytes
    number: int = 0


@dataclass(frozen=True, slots=True)
class GfiFault:
    """A line that is no frame.

    Args:
        offset: where the line starts, in octets from the start of the stream.
        reason: what was expected and what was there.
    """

    offset: int
    reason: str


def encode_gfi(frame: GfiFrame) -> bytes:
    """The line of a frame.

    Raises:
        LocalError: when the message is too long for one line, or its number is negative.
    """
    count = len(frame.octets)
    if count > MAXIMUM_OCTETS or not 0 <= frame.number <= 999_999_999:
        raise LocalError(f"{count} octets as number {frame.number}: at most {MAXIMUM_OCTETS}")
    return b"GBCS:DATA#%d:%d:%s\r\n" % (frame.number, count, frame.octets.hex().upper().encode())


class GfiDecoder:
    """Takes octets of a stream as they come, gives frames and faults as lines end.

    It never holds more than one line of the longest kind; a line that does not end is a fault, and
    what follows up to the next end of a line is passed over.

    Args:
        maximum: octets of the longest message that is taken.
    """

    def __init__(self, maximum: int = MAXIMUM_OCTETS) -> None:
        self._maximum = maximum
        self._limit = _HEAD + 2 * maximum
        self._line = bytearray()
        self._start = 0
        self._skipping = False

    @property
    def pending(self) -> int:
        """Octets of the line that has not ended yet."""
        return len(self._line)

    def feed(self, octets: bytes) -> tuple[GfiFrame | GfiFault, ...]:
        """What the lines say that end in these octets; empty lines say nothing."""
        found: list[GfiFrame | GfiFault] = []
        *ended, rest = octets.split(b"\n")
        for piece in ended:
            self._append(piece, found)
            self._end(found)
        self._append(rest, found)
        return tuple(found)

    def _append(self, piece: bytes, found: list[GfiFrame | GfiFault]) -> None:
        if self._skipping:
            self._start += len(piece)
            return
        self._line += piece
        if len(self._line) > self._limit:
            found.append(GfiFault(self._start, f"a line of more than {self._limit} octets"))
            self._start += len(self._line)
            self._line.clear()
            self._skipping = True

    def _end(self, found: list[GfiFrame | GfiFault]) -> None:
        line = bytes(self._line).rstrip(b"\r")
        if line and not self._skipping:
            found.append(self._decode(line))
        self._start += len(self._line) + 1
        self._line.clear()
        self._skipping = False

    def _decode(self, line: bytes) -> GfiFrame | GfiFault:
        match = _LINE.fullmatch(line)
        if match is None:
            return GfiFault(self._start, "expected GBCS:DATA#<number>:<octets>:<hexadecimal>")
        number, count, digits = int(match[1]), int(match[2]), match[3]
        if len(digits) != 2 * count:
            return GfiFault(self._start, f"{count} octets announced, {len(digits)} digits there")
        if count > self._maximum:
            return GfiFault(self._start, f"{count} octets, at most {self._maximum}")
        return GfiFrame(bytes.fromhex(digits.decode("ascii")), number)
