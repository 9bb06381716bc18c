"""MAC frames as rows: acknowledgements, beacons, commands, and data (IEEE 802.15.4-2006 7.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from emulator.kernel.errors import WireError
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.names import EVERYBODY, NOBODY
from emulator.lab.dissector.nwk import Hop, read_nwk
from emulator.lab.dissector.part import Part, section
from emulator.lab.dissector.words import command_label, member, title
from emulator.radio.fcs import FCS_SIZE, fcs_right
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.mac.commands import AssociationResponse, decode_command
from emulator.zigbee.mac.frames import (
    Beacon,
    FrameType,
    FrameVersion,
    MacFrame,
    decode_frame,
)
from emulator.zigbee.mac.information_elements import InformationElements, take_elements
from emulator.zigbee.mac.primitives import AssociationStatus
from emulator.zigbee.nwk.frames import BeaconPayload

SUFFIXES: Final[dict[type[Struct], Callable[[Any], str]]] = {
    AssociationResponse: lambda command: (
        f" (0x{command.short_address:04X})"
        if command.status == AssociationStatus.SUCCESS
        else f" ({member(command.status)})"
    ),
}
"""What a label tells besides the name of the command."""

_PAYLOAD: Final = frozenset({"payload"})
_OCTETS: Final = frozenset({"beacon_payload"})
_TOLD: Final = _PAYLOAD | {"frame_type", "destination_mode", "source_mode"}
"""What the heading and the addresses of a header tell."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A frame and where its MAC header sends it.

    Args:
        destination: a device name, `*` or `?`.
        asks: its sequence number, if it asks for an acknowledgement.
        acknowledges: the sequence number it acknowledges, if it does.
    """

    part: Part
    destination: str = NOBODY
    asks: int | None = None
    acknowledges: int | None = None


def read_mac(psdu: bytes, sender: str, known: Knowledge) -> Heard:
    """What the device `sender` transmitted; `psdu` is with its FCS."""
    if not fcs_right(psdu):
        return Heard(known.undecodable("mac", "MAC frame, FCS wrong", MacFrame, psdu))
    octets = psdu[:-FCS_SIZE]
    try:
        frame = decode_frame(octets)
    except WireError as fault:
        return Heard(known.undecodable("mac", "MAC frame", fault, octets))
    known.names.enter(frame.source_pan if frame.destination_pan is None else frame.destination_pan)
    known.names.heard(sender, frame.source_short)
    part = READERS[frame.frame_type](frame, known)
    detail = section(f"MAC {member(frame.frame_type)}", known.text.lines(frame, skip=_TOLD))
    acknowledges = frame.frame_type is FrameType.ACKNOWLEDGMENT
    return Heard(
        part.below(detail),
        _destination(frame, known),
        asks=frame.sequence if frame.ack_request else None,
        acknowledges=frame.sequence if acknowledges else None,
    )


def _destination(frame: MacFrame, known: Knowledge) -> str:
    """A frame without a destination is for the coordinator, a beacon for everybody (7.2.1.1.6)."""
    if frame.destination_extended is not None:
        return known.names.device(frame.destination_extended)
    if frame.destination_short is not None:
        return known.names.device_at(frame.destination_short)
    if frame.frame_type is FrameType.BEACON:
        return EVERYBODY
    if frame.frame_type is FrameType.ACKNOWLEDGMENT:
        return NOBODY
    return known.names.device_at(COORDINATOR)


def _acknowledgement(_frame: MacFrame, _known: Knowledge) -> Part:
    return Part("mac", "Ack", ())


def _data(frame: MacFrame, known: Knowledge) -> Part:
    if not frame.payload:
        return Part("mac", "Data without payload", ())
    return read_nwk(frame.payload, Hop(frame.source_short, frame.destination_short), known)


def _elements(elements: InformationElements, known: Knowledge) -> list[str]:
    """The information elements of a frame of version 2, each under its name."""
    return [
        line
        for name, each in (
            ("EB filter IE", elements.filter),
            ("rejoin IE", elements.rejoin),
            ("transmit power IE", elements.tx_power),
            ("EB payload IE", elements.beacon),
        )
        if each is not None
        for line in section(name, known.text.lines(each, skip=_OCTETS))
    ]


def _enhanced_beacon(frame: MacFrame, known: Knowledge) -> Part:
    try:
        elements, _ = take_elements(frame.payload)
    except WireError as fault:
        return known.undecodable("mac", "enhanced beacon", fault, frame.payload)
    lines = _elements(elements, known)
    told = elements.beacon
    if told is None:
        return Part("mac", "Enhanced beacon without its payload", tuple(lines))
    permits = " (permits joining)" if told.superframe.association_permit else ""
    zigbee = BeaconPayload.decode(told.beacon_payload)
    lines += section("NWK beacon payload", known.text.lines(zigbee))
    return Part("mac", f"Enhanced beacon{permits}", tuple(lines))


def _enhanced_command(frame: MacFrame, known: Knowledge) -> Part:
    try:
        elements, rest = take_elements(frame.payload)
        command = decode_command(rest)
    except WireError as fault:
        return known.undecodable("mac", "MAC command", fault, frame.payload)
    label = f"Enhanced {command_label(command, SUFFIXES).lower()}"
    return Part("mac", label, tuple(_elements(elements, known)))


def _beacon(frame: MacFrame, known: Knowledge) -> Part:
    if frame.frame_version is FrameVersion.V2015:
        return _enhanced_beacon(frame, known)
    try:
        beacon = Beacon.decode(frame.payload)
    except WireError:
        return known.undecodable("mac", "beacon", Beacon, frame.payload)
    lines = section("beacon", known.text.lines(beacon, skip=_PAYLOAD))
    label = "Beacon (permits joining)" if beacon.superframe.association_permit else "Beacon"
    try:
        zigbee = BeaconPayload.decode(beacon.payload)
    except WireError:
        payload = known.text.octets(beacon.payload)
        return Part("mac", label, (*lines, f"payload: {payload}"))
    return Part("mac", label, (*lines, *section("NWK beacon payload", known.text.lines(zigbee))))


def _command(frame: MacFrame, known: Knowledge) -> Part:
    if frame.frame_version is FrameVersion.V2015:
        return _enhanced_command(frame, known)
    try:
        command = decode_command(frame.payload)
    except WireError as fault:
        return known.undecodable("mac", "MAC command", fault, frame.payload)
    if isinstance(command, AssociationResponse) and command.status == AssociationStatus.SUCCESS:
        known.names.learn(frame.destination_extended, command.short_address)
    heading = f"MAC command {title(type(command).__name__)}"
    lines = known.text.lines(command)
    return Part("mac", command_label(command, SUFFIXES), tuple(section(heading, lines)))


READERS: Final[dict[FrameType, Callable[[MacFrame, Knowledge], Part]]] = {
    FrameType.BEACON: _beacon,
    FrameType.DATA: _data,
    FrameType.ACKNOWLEDGMENT: _acknowledgement,
    FrameType.COMMAND: _command,
}
"""What each type of frame says above its header."""
