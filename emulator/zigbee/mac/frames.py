"""MAC frames of IEEE 802.15.4-2003 and 2006 (7.2): the general header and the beacon.

Security is NWK's affair in Zigbee: a frame that says MAC security is refused as something this MAC
does not read. Of version 2, beacons and commands with information elements are read, which is all
that Zigbee has of them (R23 Annex D.11.1).
"""

from enum import IntEnum
from typing import Annotated, Final

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U8, Bits, Flag, Many, Remaining, UInt, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import NwkAddress, NwkField, PanId

MAX_MPDU: Final = 125
"""Octets of a frame without its FCS: aMaxPHYPacketSize 127 less 2 (Table 22)."""


class FrameType(IntEnum):
    """Frame type (IEEE 802.15.4-2006 Table 79)."""

    BEACON = 0
    DATA = 1
    ACKNOWLEDGMENT = 2
    COMMAND = 3


class AddressingMode(IntEnum):
    """Addressing mode (IEEE 802.15.4-2006 Table 80)."""

    NONE = 0
    SHORT = 2
    EXTENDED = 3


class FrameVersion(IntEnum):
    """Frame version (IEEE 802.15.4-2006 7.2.1.1.7, IEEE 802.15.4-2015 7.2.2.10)."""

    V2003 = 0
    V2006 = 1
    V2015 = 2


_NONE: Final = AddressingMode.NONE
_SHORT: Final = AddressingMode.SHORT
_EXTENDED: Final = AddressingMode.EXTENDED


def _names_source_pan(frame: "MacFrame") -> bool:
    """Whether the source PAN is in the header (IEEE 802.15.4-2015 Table 7-2)."""
    if frame.source_mode is _NONE or frame.pan_id_compression:
        return False
    both = frame.source_mode is _EXTENDED and frame.destination_mode is _EXTENDED
    return not (both and frame.frame_version is FrameVersion.V2015)


class MacFrame(Struct):
    """The general MAC frame without its FCS (IEEE 802.15.4-2006 Figure 41)."""

    frame_type: Annotated[FrameType, Bits(3)]
    security_enabled: Flag = False
    frame_pending: Flag = False
    ack_request: Flag = False
    pan_id_compression: Flag = False
    reserved: Annotated[int, Bits(1)] = 0
    sequence_suppression: Flag = False
    elements_present: Flag = False
    destination_mode: Annotated[AddressingMode, Bits(2)] = _NONE
    frame_version: Annotated[FrameVersion, Bits(2)] = FrameVersion.V2003
    source_mode: Annotated[AddressingMode, Bits(2)] = _NONE
    sequence: U8 = 0
    destination_pan: Annotated[
        PanId | None, UInt(2), When(lambda frame: frame.destination_mode is not _NONE)
    ] = None
    destination_short: Annotated[
        NwkAddress | None, UInt(2), When(lambda frame: frame.destination_mode is _SHORT)
    ] = None
    destination_extended: Annotated[
        Eui64 | None, UInt(8), When(lambda frame: frame.destination_mode is _EXTENDED)
    ] = None
    source_pan: Annotated[
        PanId | None,
        UInt(2),
        When(_names_source_pan),
    ] = None
    source_short: Annotated[
        NwkAddress | None, UInt(2), When(lambda frame: frame.source_mode is _SHORT)
    ] = None
    source_extended: Annotated[
        Eui64 | None, UInt(8), When(lambda frame: frame.source_mode is _EXTENDED)
    ] = None
    payload: Remaining = b""


class SuperframeSpecification(Struct):
    """Superframe specification (IEEE 802.15.4-2006 Figure 47); order 15 means no beacons."""

    beacon_order: Annotated[int, Bits(4)] = 15
    superframe_order: Annotated[int, Bits(4)] = 15
    final_cap_slot: Annotated[int, Bits(4)] = 15
    battery_life_extension: Flag = False
    reserved: Annotated[int, Bits(1)] = 0
    pan_coordinator: Flag = False
    association_permit: Flag = False


class GtsDescriptor(Struct):
    """One guaranteed time slot (IEEE 802.15.4-2006 Figure 50)."""

    device: NwkField
    starting_slot: Annotated[int, Bits(4)]
    length: Annotated[int, Bits(4)]


class Beacon(Struct):
    """The payload of a beacon frame (IEEE 802.15.4-2006 7.2.2.1)."""

    superframe: SuperframeSpecification
    gts_count: Annotated[int, Bits(3)] = 0
    gts_reserved: Annotated[int, Bits(4)] = 0
    gts_permit: Flag = False
    gts_directions: Annotated[int | None, UInt(1), When(lambda beacon: beacon.gts_count)] = None
    gts_list: Annotated[
        tuple[GtsDescriptor, ...], Many(GtsDescriptor, count=lambda beacon: beacon.gts_count)
    ] = ()
    short_pending_count: Annotated[int, Bits(3)] = 0
    pending_reserved: Annotated[int, Bits(1)] = 0
    extended_pending_count: Annotated[int, Bits(3)] = 0
    pending_reserved_high: Annotated[int, Bits(1)] = 0
    short_pending: Annotated[
        tuple[int, ...], Many(UInt(2), count=lambda beacon: beacon.short_pending_count)
    ] = ()
    extended_pending: Annotated[
        tuple[int, ...], Many(UInt(8), count=lambda beacon: beacon.extended_pending_count)
    ] = ()
    payload: Remaining = b""


def decode_frame(psdu: bytes) -> MacFrame:
    """The frame that `psdu`, without its FCS, is.

    Raises:
        WireError: when it is none, or one with MAC security.
    """
    frame, _ = MacFrame.take(psdu)
    if frame.security_enabled:
        raise WireError("MacFrame.security_enabled", 0, "MAC security, which Zigbee does not use")
    if frame.frame_version is FrameVersion.V2015 or frame.elements_present:
        _check_version_2(frame)
    return frame


def _check_version_2(frame: MacFrame) -> None:
    known = frame.frame_type in (FrameType.BEACON, FrameType.COMMAND)
    current = frame.frame_version is FrameVersion.V2015 and frame.elements_present
    if not (known and current) or frame.sequence_suppression:
        raise WireError("MacFrame.frame_version", 0, "no frame that Zigbee has of version 2")
