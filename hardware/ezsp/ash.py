"""ASH frames: the serial framing under EZSP (Silicon Labs UG101).

A frame is a control octet, data, and a CRC-16/CCITT, most significant octet first; a flag ends it
and octets that lines use are escaped. The data of DATA frames is mixed with a fixed sequence, so
that no pattern of data escapes badly.
"""

from binascii import crc_hqx
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

FLAG: Final = 0x7E
ESCAPE: Final = 0x7D
XON: Final = 0x11
XOFF: Final = 0x13
SUBSTITUTE: Final = 0x18
CANCEL: Final = 0x1A
_MASK: Final = 0x20
_ESCAPED: Final = frozenset((FLAG, ESCAPE, XON, XOFF, SUBSTITUTE, CANCEL))
VERSION: Final = 2
"""Of ASH, as RSTACK and ERROR tell it (UG101 3.6)."""
NUMBERS: Final = 8
"""Frame numbers there are; 0 follows the last (UG101 3.3)."""
LONGEST: Final = 260
"""Octets of a frame, escapes taken out: control, CRC and the longest EZSP frame; more is noise."""


def _mixing_sequence(length: int) -> bytes:
    """The output of the shift register of UG101 4.3, which begins with 0x42."""
    octets = bytearray()
    register = 0x42
    for _ in range(length):
        octets.append(register)
        register = register >> 1 ^ (0xB8 if register & 1 else 0)
    return bytes(octets)


_MIXING: Final = _mixing_sequence(LONGEST)


def mixed(data: bytes) -> bytes:
    """The data of a DATA frame as it is on the line, or back again (UG101 4.3)."""
    return bytes(octet ^ other for octet, other in zip(data, _MIXING, strict=False))


@dataclass(frozen=True, slots=True)
class DataFrame:
    """DATA: an EZSP frame (UG101 3.3).

    Args:
        number: its own.
        awaited: the number of the next frame its sender expects; acknowledges those before it.
        repeated: whether it was sent before.
    """

    number: int
    awaited: int
    data: bytes
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class AckFrame:
    """ACK (UG101 3.4)."""

    awaited: int
    not_ready: bool = False


@dataclass(frozen=True, slots=True)
class NakFrame:
    """NAK: send again from `awaited` on (UG101 3.5)."""

    awaited: int
    not_ready: bool = False


@dataclass(frozen=True, slots=True)
class ResetFrame:
    """RST: begin anew (UG101 3.6)."""


@dataclass(frozen=True, slots=True)
class ResetAck:
    """RSTACK: the co-processor began anew, and why (UG101 3.7)."""

    code: int


@dataclass(frozen=True, slots=True)
class ErrorFrame:
    """ERROR: the co-processor does nothing until it is reset (UG101 3.8)."""

    code: int


@dataclass(frozen=True, slots=True)
class Noise:
    """Octets between two flags that were no frame."""


AshFrame = DataFrame | AckFrame | NakFrame | ResetFrame | ResetAck | ErrorFrame


def ash_octets(frame: AshFrame) -> bytes:
    """A frame as it is on the line, with the flag that ends it."""
    body = _body(frame)
    line = bytearray()
    for octet in body + crc_hqx(body, 0xFFFF).to_bytes(2, "big"):
        if octet in _ESCAPED:
            line += bytes((ESCAPE, octet ^ _MASK))
        else:
            line.append(octet)
    line.append(FLAG)
    return bytes(line)


def _body(frame: AshFrame) -> bytes:
    match frame:
        case DataFrame(number, awaited, data, repeated):
            return bytes((number << 4 | repeated << 3 | awaited,)) + mixed(data)
        case AckFrame(awaited, not_ready):
            return bytes((0x80 | not_ready << 3 | awaited,))
        case NakFrame(awaited, not_ready):
            return bytes((0xA0 | not_ready << 3 | awaited,))
        case ResetFrame():
            return b"\xc0"
        case ResetAck(code):
            return bytes((0xC1, VERSION, code))
        case ErrorFrame(code):
            return bytes((0xC2, VERSION, code))


class AshReader:
    """Finds frames in whatever comes, in whatever pieces."""

    def __init__(self) -> None:
        self._frame = bytearray()
        self._escaping = False
        self._spoilt = False

    def feed(self, octets: bytes) -> Iterator[AshFrame | Noise]:
        """The frames, and the noise, that end within `octets`."""
        for octet in octets:
            if octet == FLAG:
                found = self._end()
                if found is not None:
                    yield found
            elif octet == CANCEL:
                self._clear()
            elif octet == SUBSTITUTE:
                self._spoilt = True
            elif octet == ESCAPE:
                self._escaping = True
            elif octet not in (XON, XOFF):
                self._take(octet)

    def _take(self, octet: int) -> None:
        if len(self._frame) > LONGEST:
            self._spoilt = True
            return
        self._frame.append(octet ^ _MASK if self._escaping else octet)
        self._escaping = False

    def _clear(self) -> None:
        self._frame.clear()
        self._escaping = self._spoilt = False

    def _end(self) -> AshFrame | Noise | None:
        frame, spoilt = bytes(self._frame), self._spoilt or self._escaping
        self._clear()
        if not frame and not spoilt:
            return None
        body = frame[:-2]
        if spoilt or not body or crc_hqx(body, 0xFFFF).to_bytes(2, "big") != frame[-2:]:
            return Noise()
        return _parsed(body[0], body[1:])


def _parsed(control: int, data: bytes) -> AshFrame | Noise:
    awaited, third = control & 0x07, bool(control & 0x08)
    if control < 0x80:
        return DataFrame(control >> 4, awaited, mixed(data), third)
    if not data and control < 0xC0:
        return (NakFrame if control & 0x20 else AckFrame)(awaited, third)
    if control == 0xC0 and not data:
        return ResetFrame()
    if control in (0xC1, 0xC2) and len(data) == 2 and data[0] == VERSION:
        return (ResetAck if control == 0xC1 else ErrorFrame)(data[1])
    return Noise()
