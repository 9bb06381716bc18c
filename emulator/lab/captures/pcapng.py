"""Files of the newer format (draft-ietf-opsawg-pcapng): sections, interfaces, packets, keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack_from
from typing import Final

from emulator.lab.captures.packet import CaptureError, Packet, StoredKey

SECTION: Final = b"\x0a\x0d\x0d\x0a"
_SECTION: Final = 0x0A0D0D0A
_INTERFACE: Final = 1
_SIMPLE_PACKET: Final = 3
_ENHANCED_PACKET: Final = 6
_SECRETS: Final = 10
_ZNWK: Final = 0x5A4E574B
_ZAPS: Final = 0x5A415053
_TIME_RESOLUTION: Final = 9
_TIME_OFFSET: Final = 14
_LITTLE: Final = b"\x4d\x3c\x2b\x1a"
_BIG: Final = b"\x1a\x2b\x3c\x4d"
_ORDERS: Final = {_LITTLE: "<", _BIG: ">"}
_SMALLEST: Final = 12
_KEY_OCTETS: Final = 16
_MICROSECONDS: Final = 1_000_000
_BODY: Final = {
    _SECTION: 16,
    _INTERFACE: 8,
    _SIMPLE_PACKET: 4,
    _ENHANCED_PACKET: 20,
    _SECRETS: 8,
}
"""Octets that the body of a block has at least."""


@dataclass(frozen=True, slots=True)
class _Interface:
    link_type: int
    per_second: int = _MICROSECONDS
    offset: int = 0

    def moment(self, units: int) -> int:
        """Microseconds since 1970."""
        return units * _MICROSECONDS // self.per_second + self.offset * _MICROSECONDS


@dataclass(slots=True)
class _Section:
    order: str
    interfaces: list[_Interface] = field(default_factory=list)

    def interface(self, number: int, at: int) -> _Interface:
        """The interface a packet names."""
        if number >= len(self.interfaces):
            raise CaptureError(at, f"a packet of interface {number}, of which nothing is told")
        return self.interfaces[number]


def packets(octets: bytes) -> Iterator[Packet | StoredKey]:
    """Every packet and key, in order; blocks of other types are passed over.

    Raises:
        CaptureError: when a block is not whole, or says what cannot be.
    """
    section = _Section("<")
    at = 0
    while at < len(octets):
        section, kind, body = _block(octets, at, section)
        if kind == _INTERFACE:
            section.interfaces.append(_interface(body, section.order, at))
        elif kind == _ENHANCED_PACKET:
            yield _enhanced(body, section, at)
        elif kind == _SIMPLE_PACKET:
            yield _simple(body, section, at)
        elif kind == _SECRETS:
            yield from _keys(body, section.order)
        at += _SMALLEST + len(body)


def _block(octets: bytes, at: int, section: _Section) -> tuple[_Section, int, bytes]:
    """The section it belongs to, its type and its body."""
    left = len(octets) - at
    if left < _SMALLEST:
        raise CaptureError(at, f"a block of {_SMALLEST} octets or more wanted, {left} left")
    if octets[at : at + 4] == SECTION:
        order = _ORDERS.get(octets[at + 8 : at + 12])
        if order is None:
            raise CaptureError(at + 8, "no byte-order magic of pcapng")
        section = _Section(order)
    kind, length = unpack_from(f"{section.order}II", octets, at)
    if length < _SMALLEST or length % 4 or length > left:
        raise CaptureError(at + 4, f"a block of {length} octets, {left} left")
    body = octets[at + 8 : at + length - 4]
    if len(body) < _BODY.get(kind, 0):
        raise CaptureError(at, f"a block of type {kind} with {len(body)} octets")
    return section, kind, body


def _interface(body: bytes, order: str, at: int) -> _Interface:
    link_type = unpack_from(f"{order}H", body)[0]
    per_second, offset = _MICROSECONDS, 0
    for kind, value in _options(body, 8, order, at):
        if kind == _TIME_RESOLUTION and value:
            exponent = value[0] & 0x7F
            per_second = 2**exponent if value[0] & 0x80 else 10**exponent
        elif kind == _TIME_OFFSET and len(value) == 8:
            offset = unpack_from(f"{order}q", value)[0]
    return _Interface(link_type, per_second, offset)


def _options(body: bytes, begin: int, order: str, at: int) -> Iterator[tuple[int, bytes]]:
    while begin + 4 <= len(body):
        kind, length = unpack_from(f"{order}HH", body, begin)
        if kind == 0:
            return
        value = body[begin + 4 : begin + 4 + length]
        if len(value) < length:
            raise CaptureError(at, f"an option of {length} octets, {len(value)} left")
        yield kind, value
        begin += 4 + length + -length % 4


def _enhanced(body: bytes, section: _Section, at: int) -> Packet:
    number, high, low, length, _ = unpack_from(f"{section.order}IIIII", body)
    interface = section.interface(number, at)
    data = body[20 : 20 + length]
    if len(data) < length:
        raise CaptureError(at, f"a packet of {length} octets, {len(data)} there")
    return Packet(at, interface.link_type, interface.moment(high << 32 | low), data)


def _simple(body: bytes, section: _Section, at: int) -> Packet:
    """A packet without a time, of the first interface."""
    length = unpack_from(f"{section.order}I", body)[0]
    return Packet(at, section.interface(0, at).link_type, 0, body[4 : 4 + length])


def _keys(body: bytes, order: str) -> Iterator[StoredKey]:
    kind, length = unpack_from(f"{order}II", body)
    secret = body[8 : 8 + length]
    if kind in (_ZNWK, _ZAPS) and len(secret) >= _KEY_OCTETS:
        yield StoredKey(secret[:_KEY_OCTETS], kind == _ZNWK)
