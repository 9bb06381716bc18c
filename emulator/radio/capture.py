"""A capture of the air as pcapng, for Wireshark: IEEE 802.15.4 TAP frames and the test keys.

Link type 283 (LINKTYPE_IEEE802_15_4_TAP) carries channel, page, strength and link quality beside
the octets. Equal runs give equal files: time is virtual, and no header speaks of the machine.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache
from struct import pack
from typing import Annotated, Final

from emulator.kernel.units import Calendar
from emulator.radio.air import Transmission
from emulator.radio.levels import link_quality
from emulator.radio.port import Channel
from emulator.radio.settings import AirSettings, ReceiverSettings
from emulator.wire.codecs import U16, U32, Fixed, Prefixed, Remaining
from emulator.wire.struct import Struct

LINK_TYPE: Final = 283
KEY_COMMENT: Final = "test key of an emulated network, not a secret"
_EMULATED: Final = "emulated Home Area Network; every key in this file is a test key"

_SECTION_HEADER: Final = 0x0A0D0D0A
_INTERFACE_DESCRIPTION: Final = 1
_ENHANCED_PACKET: Final = 6
_DECRYPTION_SECRETS: Final = 10

_OPTION_END: Final = 0
_OPTION_COMMENT: Final = 1
_OPTION_USER_APPLICATION: Final = 4
_OPTION_INTERFACE_NAME: Final = 2
_OPTION_TIME_RESOLUTION: Final = 9
_MICROSECONDS: Final = b"\x06"

_TLV_FCS_TYPE: Final = 0
_TLV_RSS: Final = 1
_TLV_CHANNEL: Final = 3
_TLV_LQI: Final = 10
_FCS_16_BIT: Final = b"\x01"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class KeyKind(Enum):
    """Which layer a key opens; the value is the secrets type of pcapng (ZNWK, ZAPS)."""

    NETWORK = 0x5A4E574B
    LINK = 0x5A415053


@dataclass(frozen=True, slots=True)
class CaptureKey:
    """A test key that opens frames of the capture.

    Args:
        octets: 16 octets in the order the key is written down.
        label: what a person calls it.
        kind: network or link key.
        pan_id: of the network it belongs to.
        addresses: short addresses of the two devices of a link key.
    """

    octets: bytes
    label: str
    kind: KeyKind
    pan_id: int = 0xFFFF
    addresses: tuple[int, int] = (0xFFFF, 0xFFFF)


class _Block(Struct):
    """The frame around every block (pcapng 3.1): type, length twice, body padded to 32 bits."""

    block_type: U32
    total_length: U32
    body: Remaining


class _SectionHeader(Struct):
    """What starts a file (pcapng 4.1)."""

    byte_order_magic: U32
    major_version: U16
    minor_version: U16
    section_length: Annotated[bytes, Fixed(8)]
    options: Remaining


class _InterfaceDescription(Struct):
    """Where the packets come from (pcapng 4.2)."""

    link_type: U16
    reserved: U16
    snap_length: U32
    options: Remaining


class _DecryptionSecrets(Struct):
    """A key that opens packets after it (pcapng 4.7)."""

    secrets_type: U32
    secrets_length: U32
    data_and_options: Remaining


class _EnhancedPacket(Struct):
    """One frame with its time (pcapng 4.3)."""

    interface: U32
    timestamp_high: U32
    timestamp_low: U32
    captured_length: U32
    original_length: U32
    data: Remaining


class _TypedValue(Struct):
    """An option (pcapng 3.5) or a TLV of TAP: type, length, value, padding to 32 bits."""

    kind: U16
    value: Annotated[bytes, Prefixed(2)]
    padding: Remaining


class _TapHeader(Struct):
    """What stands before the octets of a frame (IEEE 802.15.4 TAP, link type 283)."""

    version_and_reserved: U16
    length: U16
    tlvs: Remaining


class _NetworkSecret(Struct):
    """A Zigbee NWK key (pcapng 4.7, secrets type 0x5A4E574B)."""

    key: Annotated[bytes, Fixed(16)]
    pan_id: U16


class _LinkSecret(Struct):
    """A Zigbee APS key (pcapng 4.7, secrets type 0x5A415053)."""

    key: Annotated[bytes, Fixed(16)]
    pan_id: U16
    low_address: U16
    high_address: U16


_USUAL: Final = ReceiverSettings()
_USUAL_RSS: Final = AirSettings().rss


def _everywhere(_transmission: Transmission) -> int:
    return _USUAL_RSS


class Capture:
    """Collects transmissions; `document` is the file.

    Args:
        calendar: where virtual time lies in UTC.
        heard: strength in dBm at which the place of the capture hears a transmission.
        receiver: what stands there.
    """

    def __init__(
        self,
        calendar: Calendar,
        heard: Callable[[Transmission], int] = _everywhere,
        receiver: ReceiverSettings = _USUAL,
    ) -> None:
        self.frames = 0
        self._start = (calendar.start - _EPOCH) // timedelta(microseconds=1)
        self._heard = heard
        self._receiver = receiver
        self._packets: list[bytes] = []

    def observe(self, transmission: Transmission) -> None:
        """Take a transmission into the capture; give this to `Air.listen`."""
        header = tap_header(transmission.channel, self._heard(transmission), self._receiver)
        at = self._start + transmission.start
        self._packets.append(packet_block(at, header + transmission.psdu_with_fcs))
        self.frames += 1

    def document(self, keys: Iterable[CaptureKey] = ()) -> bytes:
        """The pcapng file; the keys stand before the frames they open."""
        return b"".join((heading(_EMULATED, "simulated air", keys), *self._packets))


def heading(comment: str, interface: str, keys: Iterable[CaptureKey] = ()) -> bytes:
    """What stands before the packets of a file.

    Args:
        comment: what the file says of itself.
        interface: where its packets come from.
        keys: what opens them.
    """
    return b"".join((_section(comment), _interface(interface), *map(_secrets, keys)))


def packet_block(at: int, data: bytes) -> bytes:
    """One packet, whole in itself: a file may end after any.

    Args:
        at: microseconds since 1970-01-01T00:00:00Z.
        data: a TAP header (`tap_header`), then the octets of a frame with its FCS.
    """
    high, low = divmod(at, 1 << 32)
    packet = _EnhancedPacket(0, high, low, len(data), len(data), _padded(data))
    return _block(_ENHANCED_PACKET, packet.encode())


@lru_cache(maxsize=4096)
def tap_header(channel: Channel, rss: int, receiver: ReceiverSettings) -> bytes:
    """The TAP pseudo-header: FCS type, strength, channel and page, link quality."""
    tlvs = b"".join(
        (
            _typed(_TLV_FCS_TYPE, _FCS_16_BIT),
            _typed(_TLV_RSS, pack("<f", rss)),
            _typed(_TLV_CHANNEL, pack("<HB", channel.number, channel.page)),
            _typed(_TLV_LQI, bytes((link_quality(rss, receiver),))),
        )
    )
    return _TapHeader(0, 4 + len(tlvs), tlvs).encode()


def _section(comment: str) -> bytes:
    options = _options((_OPTION_COMMENT, comment.encode()), (_OPTION_USER_APPLICATION, b"hanlab"))
    header = _SectionHeader(0x1A2B3C4D, 1, 0, b"\xff" * 8, options)
    return _block(_SECTION_HEADER, header.encode())


def _interface(name: str) -> bytes:
    options = _options(
        (_OPTION_INTERFACE_NAME, name.encode()), (_OPTION_TIME_RESOLUTION, _MICROSECONDS)
    )
    return _block(_INTERFACE_DESCRIPTION, _InterfaceDescription(LINK_TYPE, 0, 0, options).encode())


def _secrets(key: CaptureKey) -> bytes:
    secret = (
        _NetworkSecret(key.octets, key.pan_id).encode()
        if key.kind is KeyKind.NETWORK
        else _LinkSecret(key.octets, key.pan_id, min(key.addresses), max(key.addresses)).encode()
    )
    options = _options((_OPTION_COMMENT, f"{key.label}: {KEY_COMMENT}".encode()))
    body = _DecryptionSecrets(key.kind.value, len(secret), _padded(secret) + options)
    return _block(_DECRYPTION_SECRETS, body.encode())


def _options(*options: tuple[int, bytes]) -> bytes:
    return b"".join((*(_typed(*option) for option in options), _typed(_OPTION_END, b"")))


def _typed(kind: int, value: bytes) -> bytes:
    return _TypedValue(kind, value, bytes(-len(value) % 4)).encode()


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _block(block_type: int, body: bytes) -> bytes:
    length = 12 + len(body)
    return _Block(block_type, length, body + length.to_bytes(4, "little")).encode()
