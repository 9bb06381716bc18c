"""GBCS messages as scapy packets: MAC header, grouping header, GBZ components.

from emulator.testing.scapy_layers.gbcs import GbcsMac, GbcsMessage, Gbz, GbzComponent, gbcs

Every length is a field of its own: left out it is computed, given it is written as it is, right or
wrong. A `signature_length` of `ABSENT` makes a pre-command, which ends at its payload.
"""

from collections.abc import Callable
from typing import Any, Final

from scapy.fields import (
    ByteEnumField,
    ByteField,
    ConditionalField,
    Field,
    FieldLenField,
    IntField,
    PacketLenField,
    PacketListField,
    ShortField,
    StrFixedLenField,
    XByteField,
    XLEShortField,
    XLongField,
    XShortField,
    XStrLenField,
)
from scapy.packet import Packet, Raw

ABSENT: Final = -1
"""Value of a length that is not there at all."""
_PROFILE: Final = b"\x01\x09"
_OVERHEAD: Final = 17
"""Octets in the length of a MAC header beside the message: security header and MAC."""
_ENCRYPTED: Final = 0x02
_FROM_DATE_TIME: Final = 0x10
_MANUFACTURER_SPECIFIC: Final = 0x04


class AxdrLengthField(Field):  # type: ignore[type-arg]  # generic in annotations only
    """A length in one octet below 80, else 81 nn or 82 nnnn.

    Args:
        length_of: the field whose octets are counted.
        extra: octets that count too.
    """

    __slots__ = ("_extra", "_length_of")

    def __init__(self, name: str, length_of: str, extra: int = 0) -> None:
        super().__init__(name, None, "B")
        self._length_of = length_of
        self._extra = extra

    def i2m(self, pkt: Packet | None, x: int | None) -> int:
        """The length as given, or counted."""
        if x is not None or pkt is None:
            return x or 0
        field, value = pkt.getfield_and_val(self._length_of)
        return int(field.i2len(pkt, value)) + self._extra

    def addfield(self, pkt: Packet, s: bytes, val: int | None) -> bytes:
        """The octets so far and those of the length."""
        count = self.i2m(pkt, val)
        if count < 0:
            return s
        if count < 0x80:
            return s + bytes((count,))
        if count <= 0xFF:
            return s + bytes((0x81, count))
        return s + bytes((0x82, count >> 8 & 0xFF, count & 0xFF))

    def getfield(self, pkt: Packet, s: bytes) -> tuple[bytes, int]:  # noqa: ARG002 - scapy's own
        """What follows the length, and the length."""
        if not s:
            return s, ABSENT
        size = 0 if s[0] < 0x80 else s[0] & 0x7F
        count = int.from_bytes(s[1 : 1 + size], "big") if size else s[0]
        return s[1 + size :], count


class _BodyField(PacketLenField):
    """A payload as GBZ where it is, else as octets."""

    def m2i(self, pkt: Packet | None, m: bytes) -> Packet:
        return Gbz(m) if m.startswith(_PROFILE) and not _is_alert(pkt) else Raw(m)


def _is_alert(pkt: Packet | None) -> bool:
    return pkt is not None and pkt.cra == 3


def _fields(*declared: Any) -> list[Any]:
    return list(declared)


def _has(bit: int) -> Callable[[Packet], bool]:
    return lambda packet: bool(packet.control & bit)


def _manufacturer_specific(packet: Packet) -> bool:
    return bool(packet.frame_control & _MANUFACTURER_SPECIFIC)


def _content_length(packet: Packet) -> int:
    """Octets after the ZCL header, by the length of the whole component."""
    before = 3
    for bit, size in ((_ENCRYPTED, 2), (_FROM_DATE_TIME, 4)):
        before += size if packet.control & bit else 0
    before += 2 if _manufacturer_specific(packet) else 0
    return max(int(packet.length) - before, 0)


class GbzComponent(Packet):
    """One ZCL command behind its extended header.

    The content of an encrypted component starts with the length of its block.
    """

    name = "GBZ component"
    fields_desc = _fields(
        XByteField("control", 0),
        XShortField("cluster", 0),
        ShortField("length", None),
        ConditionalField(XShortField("additional_header", 0), _has(_ENCRYPTED)),
        ConditionalField(IntField("from_date_time", 0), _has(_FROM_DATE_TIME)),
        XByteField("frame_control", 0),
        ConditionalField(XLEShortField("manufacturer", 0), _manufacturer_specific),
        ByteField("sequence", 0),
        XByteField("command", 0),
        XStrLenField("content", b"", length_from=_content_length),
    )

    def post_build(self, pkt: bytes, pay: bytes) -> bytes:
        """The octets with the length counted, where none was given."""
        if self.length is None:
            pkt = pkt[:3] + (len(pkt) - 5).to_bytes(2, "big") + pkt[5:]
        return pkt + pay

    def extract_padding(self, s: bytes) -> tuple[bytes, bytes]:
        """Nothing belongs to a component after its content."""
        return b"", s


class Gbz(Packet):
    """A GBZ payload of a command or response."""

    name = "GBZ"
    fields_desc = _fields(
        XShortField("profile", 0x0109),
        FieldLenField("count", None, fmt="B", count_of="components"),
        PacketListField("components", [], GbzComponent, count_from=lambda packet: packet.count),
    )


class GbcsMessage(Packet):
    """A message from its grouping header to its signature."""

    name = "GBCS message"
    fields_desc = _fields(
        XByteField("tag", 0xDF),
        ByteField("transaction_length", 9),
        ByteEnumField("cra", 1, {1: "command", 2: "response", 3: "alert"}),
        XLongField("counter", 0),
        ByteField("originator_length", 8),
        XLongField("originator", 0),
        ByteField("recipient_length", 8),
        XLongField("recipient", 0),
        AxdrLengthField("date_time_length", "date_time"),
        XStrLenField("date_time", b"", length_from=lambda packet: packet.date_time_length),
        AxdrLengthField("information_length", "information"),
        XStrLenField("information", b"", length_from=lambda packet: packet.information_length),
        AxdrLengthField("body_length", "body"),
        _BodyField("body", Raw(), Raw, length_from=lambda packet: packet.body_length),
        AxdrLengthField("signature_length", "signature"),
        XStrLenField("signature", b"", length_from=lambda packet: max(packet.signature_length, 0)),
    )

    def extract_padding(self, s: bytes) -> tuple[bytes, bytes]:
        """Nothing belongs to a message after its signature."""
        return b"", s


class GbcsMac(Packet):
    """A message between its MAC header and its MAC."""

    name = "GBCS MAC header"
    fields_desc = _fields(
        XByteField("tag", 0xDD),
        StrFixedLenField("empty", bytes(6), 6),
        AxdrLengthField("length", "message", _OVERHEAD),
        XByteField("security_control", 0x11),
        IntField("invocation_counter", 0),
        PacketLenField(
            "message",
            GbcsMessage(),
            GbcsMessage,
            length_from=lambda packet: packet.length - _OVERHEAD,
        ),
        StrFixedLenField("mac", bytes(12), 12),
    )


def gbcs(octets: bytes) -> Any:
    """The packet that the octets of a message are."""
    return (GbcsMac if octets.startswith(b"\xdd") else GbcsMessage)(octets)
