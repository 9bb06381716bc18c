"""Information elements of version 2 frames, as far as Zigbee uses them (R23 Annex D.11.1).

An enhanced beacon request carries the EB Filter IE of a joiner or the Rejoin IE of who comes back;
an enhanced beacon carries the Zigbee beacon in the EB Payload IE. Both tell their transmit power.
IEs that are none of these are skipped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from emulator.kernel.errors import WireError
from emulator.wire.codecs import I8, U8, Bits, Fixed, Flag, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ExtendedPanIdField, NwkField
from emulator.zigbee.mac.frames import SuperframeSpecification

HEADER_TERMINATION: Final = bytes.fromhex("003f")
"""HT1: no header IE, payload IEs follow (IEEE 802.15.4-2015 Table 7-7)."""
PAYLOAD_TERMINATION: Final = bytes.fromhex("00f8")
ZIGBEE_OUI: Final = bytes.fromhex("1b194a")
"""4A-19-1B, in the order on the air."""

_MLME: Final = 0x1
_VENDOR: Final = 0x2
_TERMINATION: Final = 0xF
_EB_FILTER: Final = 0x1E
_REJOIN: Final = 0
_TX_POWER: Final = 1
_EB_PAYLOAD: Final = 2
_HEADER: Final = 2


class PayloadIeHeader(Struct):
    """What stands before a payload IE (IEEE 802.15.4-2015 7.4.3)."""

    length: Annotated[int, Bits(11)]
    group: Annotated[int, Bits(4)]
    is_payload: Flag = True


class ShortSubIeHeader(Struct):
    """What stands before a short nested IE (IEEE 802.15.4-2015 7.4.4.1)."""

    length: Annotated[int, Bits(8)]
    identifier: Annotated[int, Bits(7)]
    is_long: Flag = False


class ZigbeeSubIeHeader(Struct):
    """What stands before an IE inside the Zigbee payload IE (R23 Figure D-5)."""

    length: Annotated[int, Bits(6)]
    identifier: Annotated[int, Bits(10)]


class EbFilter(Struct):
    """Who shall answer (IEEE 802.15.4-2015 7.4.4.6)."""

    permit_joining_on: Flag
    has_link_quality: Flag = False
    has_percentage: Flag = False
    attribute_length: Annotated[int, Bits(2)] = 0
    reserved: Annotated[int, Bits(3)] = 0
    link_quality: Annotated[U8 | None, When(lambda x: x.has_link_quality)] = None
    percentage: Annotated[U8 | None, When(lambda x: x.has_percentage)] = None


class RejoinIe(Struct):
    """Who comes back, and to which network (R23 Figure D-6)."""

    extended_pan_id: ExtendedPanIdField
    sender: NwkField


class TxPowerIe(Struct):
    """The power in dBm with which the frame is sent (R23 Figure D-7)."""

    power: I8


class EbPayloadIe(Struct):
    """What a beacon tells (R23 Figure D-8)."""

    beacon_payload: Annotated[bytes, Fixed(15)]
    superframe: SuperframeSpecification
    sender: NwkField


@dataclass(frozen=True, slots=True)
class InformationElements:
    """The elements of one frame; each None where the frame has it not."""

    filter: EbFilter | None = None
    rejoin: RejoinIe | None = None
    tx_power: TxPowerIe | None = None
    beacon: EbPayloadIe | None = None

    def encode(self) -> bytes:
        """Header termination, payload IEs, payload termination."""
        parts = [HEADER_TERMINATION]
        if self.filter is not None:
            content = self.filter.encode()
            nested = ShortSubIeHeader(len(content), _EB_FILTER).encode() + content
            parts.append(PayloadIeHeader(len(nested), _MLME).encode() + nested)
        inside = b"".join(
            ZigbeeSubIeHeader(len(content), identifier).encode() + content
            for identifier, content in self._zigbee()
        )
        if inside:
            length = len(ZIGBEE_OUI) + len(inside)
            parts.append(PayloadIeHeader(length, _VENDOR).encode() + ZIGBEE_OUI + inside)
        return b"".join((*parts, PAYLOAD_TERMINATION))

    def _zigbee(self) -> Iterator[tuple[int, bytes]]:
        for identifier, each in (
            (_REJOIN, self.rejoin),
            (_EB_PAYLOAD, self.beacon),
            (_TX_POWER, self.tx_power),
        ):
            if each is not None:
                yield identifier, each.encode()


def take_elements(payload: bytes) -> tuple[InformationElements, bytes]:
    """The elements at the start of a frame's payload, and what follows them.

    Raises:
        WireError: when they end before they are complete, or one is none of its format.
    """
    if payload[:_HEADER] != HEADER_TERMINATION:
        raise WireError("InformationElements", 0, "no header termination 1 (R23 D.11.1)")
    found: dict[str, Struct] = {}
    at = _HEADER
    while at < len(payload):
        header, start = PayloadIeHeader.take(payload, at)
        if not header.is_payload:
            raise WireError("PayloadIe.is_payload", at, "a header IE after header termination")
        if header.group == _TERMINATION:
            return _elements(found), payload[start:]
        content = _part(payload, start, header.length, "PayloadIe")
        if header.group == _MLME:
            _read_nested(content, found)
        elif header.group == _VENDOR and content.startswith(ZIGBEE_OUI):
            _read_zigbee(content[len(ZIGBEE_OUI) :], found)
        at = start + header.length
    return _elements(found), b""


def _elements(found: dict[str, Struct]) -> InformationElements:
    return InformationElements(**found)  # type: ignore[arg-type] # each name has its own format


def _read_nested(content: bytes, found: dict[str, Struct]) -> None:
    at = 0
    while at < len(content):
        header, start = ShortSubIeHeader.take(content, at)
        if header.is_long:
            long, start = PayloadIeHeader.take(content, at)
            at = start + long.length
            continue
        part = _part(content, start, header.length, "SubIe")
        if header.identifier == _EB_FILTER:
            found["filter"] = EbFilter.take(part)[0]
        at = start + header.length


_ZIGBEE: Final[dict[int, tuple[str, type[Struct]]]] = {
    _REJOIN: ("rejoin", RejoinIe),
    _TX_POWER: ("tx_power", TxPowerIe),
    _EB_PAYLOAD: ("beacon", EbPayloadIe),
}


def _read_zigbee(content: bytes, found: dict[str, Struct]) -> None:
    at = 0
    while at < len(content):
        header, start = ZigbeeSubIeHeader.take(content, at)
        part = _part(content, start, header.length, "ZigbeeIe")
        known = _ZIGBEE.get(header.identifier)
        if known is not None:
            found[known[0]] = known[1].decode(part)
        at = start + header.length


def _part(octets: bytes, start: int, length: int, name: str) -> bytes:
    part = octets[start : start + length]
    if len(part) < length:
        raise WireError(f"{name}.content", start, f"{length} octets wanted, {len(part)} left")
    return part
