"""What stands in a packet of each link type that carries IEEE 802.15.4.

195 has the FCS at its end, 230 has none, and 283 begins with a TAP header whose TLVs say which
(https://www.tcpdump.org/linktypes.html; IEEE 802.15.4 TAP 1.0).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from
from typing import Final

from emulator.kernel.errors import WireError
from emulator.radio.port import Channel

WITH_FCS: Final = 195
WITHOUT_FCS: Final = 230
TAP: Final = 283
LINK_TYPES: Final = (WITH_FCS, WITHOUT_FCS, TAP)

_FCS_TYPE: Final = 0
_RSS: Final = 1
_CHANNEL: Final = 3
_FCS_OCTETS: Final = {0: 0, 1: 2, 2: 4}
_TAP_HEADER: Final = 4
_TLV_HEADER: Final = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """A packet taken apart: octets without FCS, the FCS, and how it was heard."""

    psdu: bytes
    fcs: bytes = b""
    channel: Channel | None = None
    rss: float | None = None


def take_apart(link_type: int, packet: bytes) -> Heard:
    """The frame in a packet.

    Raises:
        WireError: when it is too short for its link type, or its TAP header is not whole.
    """
    if link_type == WITHOUT_FCS:
        return Heard(packet)
    if link_type == WITH_FCS:
        return Heard(*_without_fcs(packet, 2))
    return _tap(packet)


def _tap(packet: bytes) -> Heard:
    if len(packet) < _TAP_HEADER:
        raise WireError("TAP.length", 0, f"{_TAP_HEADER} octets wanted, {len(packet)} there")
    version, length = packet[0], unpack_from("<H", packet, 2)[0]
    if version != 0:
        raise WireError("TAP.version", 0, f"version {version}; 0 is known")
    if not _TAP_HEADER <= length <= len(packet):
        raise WireError("TAP.length", 2, f"{length} octets of {len(packet)}")
    fcs_octets, channel, rss = 0, None, None
    for kind, value in _tlvs(packet[:length]):
        if kind == _FCS_TYPE and value:
            fcs_octets = _FCS_OCTETS.get(value[0], 0)
        elif kind == _RSS and len(value) == 4:
            rss = unpack_from("<f", value)[0]
        elif kind == _CHANNEL and len(value) == 3:
            number, page = unpack_from("<HB", value)
            channel = Channel(page, number)
    psdu, fcs = _without_fcs(packet[length:], fcs_octets)
    return Heard(psdu, fcs, channel, rss)


def _tlvs(header: bytes) -> Iterator[tuple[int, bytes]]:
    at = _TAP_HEADER
    while at < len(header):
        if at + _TLV_HEADER > len(header):
            raise WireError("TAP.tlvs", at, "half a TLV")
        kind, length = unpack_from("<HH", header, at)
        begin = at + _TLV_HEADER
        if begin + length > len(header):
            raise WireError("TAP.tlvs", at, f"TLV of {length} octets, {len(header) - begin} left")
        yield kind, header[begin : begin + length]
        at = begin + length + -length % 4


def _without_fcs(octets: bytes, size: int) -> tuple[bytes, bytes]:
    if len(octets) < size:
        raise WireError("FCS", 0, f"{size} octets wanted, {len(octets)} there")
    end = len(octets) - size
    return octets[:end], octets[end:]
