"""Files of the older format (draft-ietf-opsawg-pcap): one header, then packets."""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

from emulator.lab.captures.packet import CaptureError, Packet

MAGICS: Final = {
    b"\xd4\xc3\xb2\xa1": ("<", 1),
    b"\xa1\xb2\xc3\xd4": (">", 1),
    b"\x4d\x3c\xb2\xa1": ("<", 1_000),
    b"\xa1\xb2\x3c\x4d": (">", 1_000),
}
"""Byte order, and how many units of time there are in a microsecond."""
_HEADER: Final = 24
_RECORD: Final = 16
_LINK_TYPE_BITS: Final = 0xFFFF
_MICROSECONDS: Final = 1_000_000


def packets(octets: bytes) -> Iterator[Packet]:
    """Every packet, in order; `octets` begin with one of `MAGICS`.

    Raises:
        CaptureError: when the file ends inside a header or a packet.
    """
    order, units = MAGICS[octets[:4]]
    if len(octets) < _HEADER:
        raise CaptureError(0, f"a header of {_HEADER} octets wanted, {len(octets)} there")
    link_type = unpack_from(f"{order}I", octets, 20)[0] & _LINK_TYPE_BITS
    at = _HEADER
    while at < len(octets):
        if at + _RECORD > len(octets):
            raise CaptureError(at, "the file ends inside the header of a packet")
        seconds, fraction, length, _ = unpack_from(f"{order}IIII", octets, at)
        begin = at + _RECORD
        if begin + length > len(octets):
            raise CaptureError(at, f"a packet of {length} octets, {len(octets) - begin} left")
        moment = seconds * _MICROSECONDS + fraction // units
        yield Packet(at, link_type, moment, octets[begin : begin + length])
        at = begin + length
