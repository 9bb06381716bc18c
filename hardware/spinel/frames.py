"""Spinel frames, and the values of the properties that a radio co-processor has."""

from typing import Annotated, Any, Final

from emulator.kernel.identity import Eui64
from emulator.wire.codecs import I8, U8, U16, U32, U64, Bits, Many, Prefixed, Remaining, UInt
from emulator.wire.struct import Struct
from hardware.spinel.packed import PACKED
from hardware.spinel.properties import Command, Property

MARK: Final = 2
"""The two bits with which every header begins (Spinel draft 3.1)."""
NO_TRANSACTION: Final = 0
LAST_TRANSACTION: Final = 15


class SpinelFrame(Struct):
    """Header, command and what follows (Spinel draft 3.1)."""

    transaction: Annotated[int, Bits(4)]
    interface: Annotated[int, Bits(2)]
    mark: Annotated[int, Bits(2)]
    command: Annotated[int, PACKED]
    payload: Remaining = b""


class PropertyPayload(Struct):
    """Payload of the commands about a property (Spinel draft 4.4 to 4.10)."""

    property: Annotated[int, PACKED]
    value: Remaining = b""


class TwoPacked(Struct):
    """Value of PROTOCOL_VERSION: major and minor (Spinel draft 5.2.2)."""

    major: Annotated[int, PACKED]
    minor: Annotated[int, PACKED]


class OnePacked(Struct):
    """Value of one packed integer, such as INTERFACE_TYPE (Spinel draft 5.2)."""

    number: Annotated[int, PACKED]


class EuiValue(Struct):
    """Value of HWADDR and MAC_15_4_LADDR: most significant octet first (Spinel draft 3.1, `E`)."""

    eui64: Annotated[Eui64, UInt(8, "big")]


class ShortValue(Struct):
    """Value of MAC_15_4_SADDR, MAC_15_4_PANID and MAC_SCAN_PERIOD (Spinel draft 3.1, `S`)."""

    number: U16


class OctetValue(Struct):
    """Value of PHY_CHAN, MAC_SCAN_STATE and whatever is one octet (Spinel draft 3.1, `C`)."""

    number: U8


class LevelValue(Struct):
    """Value of PHY_RSSI and other levels in dBm (Spinel draft 3.1, `c`)."""

    dbm: I8


class ShortList(Struct):
    """Value of MAC_SRC_MATCH_SHORT_ADDRESSES (Spinel draft 3.2 `A(S)`)."""

    addresses: Annotated[tuple[int, ...], Many(UInt(2))]


class EuiList(Struct):
    """Value of MAC_SRC_MATCH_EXTENDED_ADDRESSES (Spinel draft 3.2 `A(E)`)."""

    addresses: Annotated[tuple[Eui64, ...], Many(UInt(8, "big"))]


class EnergyResult(Struct):
    """Value of MAC_ENERGY_SCAN_RESULT (Spinel draft 5.8.10)."""

    channel: U8
    dbm: I8


class PhyData(Struct):
    """PHY-specific metadata of a received frame (Spinel draft 5.6.2: `CCX`)."""

    channel: U8
    lqi: U8
    timestamp: U64


class ReceivedFrame(Struct):
    """Value of STREAM_RAW from the radio (Spinel draft 5.6.2); the PSDU has its FCS."""

    psdu: Annotated[bytes, Prefixed(2)]
    rssi: I8
    noise_floor: I8
    flags: U16
    phy: Annotated[bytes, Prefixed(2)]
    rest: Remaining = b""


class TransmitSettings(Struct):
    """What STREAM_RAW to the radio says after the channel (Spinel draft 5.6.2, RCP API 11).

    Everything is optional; whoever reads it fills up what is missing (`transmit_settings`).
    """

    max_backoffs: U8
    max_retries: U8
    csma: U8
    header_updated: U8
    retransmission: U8
    security_processed: U8
    delay: U32
    delay_base: U32
    channel_after: U8


class FrameToTransmit(Struct):
    """Value of STREAM_RAW to the radio (Spinel draft 5.6.2): PSDU with FCS, channel, settings."""

    psdu: Annotated[bytes, Prefixed(2)]
    channel: U8
    settings: Remaining = b""


class TransmitDone(Struct):
    """LAST_STATUS that ends a transmission (Spinel draft 5.2.1 `i`, then `bb`)."""

    status: Annotated[int, PACKED]
    frame_pending: U8
    header_updated: U8
    rest: Remaining = b""


def command_frame(transaction: int, command: Command, payload: bytes = b"") -> bytes:
    """A frame on interface 0, not yet framed for the line."""
    return SpinelFrame(transaction, 0, MARK, command, payload).encode()


def property_frame(
    transaction: int, command: Command, name: Property, value: Struct | bytes = b""
) -> bytes:
    """A frame about a property, not yet framed for the line."""
    octets = value if isinstance(value, bytes) else value.encode()
    return command_frame(transaction, command, PropertyPayload(name, octets).encode())


def flag(value: Any) -> OctetValue:
    """A truth value (Spinel draft 3.1, `b`)."""
    return OctetValue(1 if value else 0)
