"""HDLC-lite framing of Spinel on serial lines (draft-rquattle-spinel-unified, appendix A.1.2).

A frame ends with a flag; octets that lines or framing use are escaped; two octets of FCS
(CRC-16/X-25, least significant first) close it. What does not verify is noise: it is counted and
left out.
"""

from binascii import crc_hqx
from collections.abc import Iterator
from typing import Final

FLAG: Final = 0x7E
ESCAPE: Final = 0x7D
_MASK: Final = 0x20
_ESCAPED: Final = frozenset((FLAG, ESCAPE, 0x11, 0x13, 0xF8))
"""Flag, escape, XON, XOFF, and the octet that some vendors use for themselves."""
LONGEST: Final = 2048
"""Octets of the longest frame, escapes taken out; more is noise."""
_MIRRORED: Final = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


def check_sequence(payload: bytes) -> bytes:
    """The two octets that follow a payload: CRC-16/X-25, least significant first."""
    crc = crc_hqx(payload.translate(_MIRRORED), 0xFFFF) ^ 0xFFFF
    return crc.to_bytes(2, "big").translate(_MIRRORED)


def hdlc_frame(payload: bytes) -> bytes:
    """The octets on the line, a flag before and after."""
    framed = bytearray((FLAG,))
    for octet in payload + check_sequence(payload):
        if octet in _ESCAPED:
            framed += bytes((ESCAPE, octet ^ _MASK))
        else:
            framed.append(octet)
    framed.append(FLAG)
    return bytes(framed)


class HdlcReader:
    """Finds frames in whatever comes, in whatever pieces."""

    def __init__(self) -> None:
        self.noise = 0
        """Stretches between flags that were no frame."""
        self._frame = bytearray()
        self._escaping = False
        self._skipping = False

    def feed(self, octets: bytes) -> Iterator[bytes]:
        """The payloads that end within `octets`."""
        for octet in octets:
            if octet == FLAG:
                payload = self._end()
                if payload is not None:
                    yield payload
            elif octet == ESCAPE:
                self._escaping = True
            elif not self._skipping:
                self._frame.append(octet ^ _MASK if self._escaping else octet)
                self._escaping = False
                self._skipping = len(self._frame) > LONGEST

    def _end(self) -> bytes | None:
        frame = bytes(self._frame)
        broken = self._skipping or self._escaping
        self._frame.clear()
        self._escaping = self._skipping = False
        if not frame and not broken:
            return None
        if broken or len(frame) < 3 or check_sequence(frame[:-2]) != frame[-2:]:
            self.noise += 1
            return None
        return frame[:-2]
