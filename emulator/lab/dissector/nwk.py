"""NWK frames as rows: commands, and what APS says in data frames (R22 3.3, 3.4)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from emulator.kernel.errors import SecurityError, WireError
from emulator.lab.dissector.aps import read_aps
from emulator.lab.dissector.key_ring import NetworkKey
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.link_security import NOT_ON_AIR, Route
from emulator.lab.dissector.part import Part, section
from emulator.lab.dissector.words import command_label, member, title
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.primitives import AssociationStatus
from emulator.zigbee.nwk.commands import (
    COMMANDS,
    EndDeviceTimeoutResponse,
    Leave,
    NetworkStatus,
    RejoinResponse,
    UnknownCommand,
    decode_command,
)
from emulator.zigbee.nwk.frames import FrameType, NwkHeader
from emulator.zigbee.security.frames import AuxiliaryHeader, open_frame

_INTER_PAN_BITS: Final = 0b11
_TOLD: Final = frozenset({"frame_type"})
"""What the heading tells."""

SUFFIXES: Final[dict[type[Struct], Callable[[Any], str]]] = {
    EndDeviceTimeoutResponse: lambda command: f" ({member(command.status)})",
    Leave: lambda command: (
        (" (request)" if command.request else "") + (" (rejoin)" if command.rejoin else "")
    ),
    NetworkStatus: lambda command: f" ({member(command.status)})",
    RejoinResponse: lambda command: (
        f" (0x{command.nwk_address:04X})"
        if command.status == AssociationStatus.SUCCESS
        else f" ({member(command.status)})"
    ),
}
"""What a label tells besides the name of the command."""


@dataclass(frozen=True, slots=True)
class Hop:
    """Which device transmitted, and for which one, on this hop."""

    source: NwkAddress | None
    destination: NwkAddress | None


def read_nwk(octets: bytes, hop: Hop, known: Knowledge) -> Part:
    """What a NWK frame says."""
    if octets and octets[0] & _INTER_PAN_BITS == FrameType.INTER_PAN:
        shown = section("NWK inter-PAN", [f"payload: {known.text.octets(octets)}"])
        return Part("nwk", "Inter-PAN frame", tuple(shown))
    try:
        header, at = NwkHeader.take(octets)
    except WireError:
        return known.undecodable("nwk", "NWK header", NwkHeader, octets)
    known.names.learn(header.source_eui64, header.source)
    known.names.learn(header.destination_eui64, header.destination)
    relayed = " (relayed)" if hop.source not in (None, header.source) else ""
    if not header.security:
        detail = section(_heading(header), known.text.lines(header, skip=_TOLD))
        return _payload(header, octets[at:], known).below(detail).marked(relayed)
    return _secured(header, at, octets, hop, known).marked(relayed)


def _heading(header: NwkHeader) -> str:
    return f"NWK {member(header.frame_type)}"


def _secured(header: NwkHeader, at: int, octets: bytes, hop: Hop, known: Knowledge) -> Part:
    try:
        auxiliary, after = AuxiliaryHeader.take(octets, at)
    except WireError:
        detail = section(_heading(header), known.text.lines(header, skip=_TOLD))
        broken = known.undecodable("nwk", "NWK security header", AuxiliaryHeader, octets[at:])
        return broken.below(detail)
    known.names.learn(auxiliary.source, hop.source)
    detail = section(_heading(header), known.text.lines(header, skip=_TOLD))
    lines = known.text.lines(auxiliary, skip=NOT_ON_AIR)
    opened = _open(octets[:at], auxiliary, octets[after:], header, known)
    if opened is None:
        lines.append(f"encrypted: {octets[after:].hex(' ')}")
        detail += section("NWK security", lines)
        return Part("nwk", f"encrypted {_heading(header)}", tuple(detail), ("NWK key",))
    payload, key = opened
    lines.append(f"opened with: {key.label}")
    detail += section("NWK security", lines)
    return _payload(header, payload, known).below(detail, "NWK key")


def _open(
    header: bytes, auxiliary: AuxiliaryHeader, sealed: bytes, frame: NwkHeader, known: Knowledge
) -> tuple[bytes, NetworkKey] | None:
    sender = auxiliary.source or frame.source_eui64 or known.names.eui64_of(frame.source)
    if sender is None:
        return None
    for key in known.keys.network_keys(auxiliary.key_sequence):
        try:
            return open_frame(key.octets, header, auxiliary, sealed, sender), key
        except SecurityError:
            continue
    return None


def _payload(header: NwkHeader, octets: bytes, known: Knowledge) -> Part:
    if header.frame_type == FrameType.COMMAND:
        return _command(header, octets, known)
    names = known.names
    route = Route(
        header.source,
        header.destination,
        header.source_eui64 or names.eui64_of(header.source),
        header.destination_eui64 or names.eui64_of(header.destination),
    )
    return read_aps(octets, route, known)


def _command(header: NwkHeader, octets: bytes, known: Knowledge) -> Part:
    try:
        command = decode_command(octets)
    except WireError as fault:
        form = COMMANDS.get(octets[0]) if octets else None
        if form is None:
            return known.undecodable("nwk", "NWK command", fault, octets)
        return known.undecodable("nwk", title(form.__name__), form, octets[1:])
    if isinstance(command, UnknownCommand):
        label = f"NWK command {command.identifier:#04x}"
        shown = section(label, [f"payload: {known.text.octets(command.body)}"])
        return Part("nwk", label, tuple(shown))
    if isinstance(command, RejoinResponse) and command.status == AssociationStatus.SUCCESS:
        known.names.learn(header.destination_eui64, command.nwk_address)
    heading = f"NWK command {title(type(command).__name__)}"
    lines = known.text.lines(command)
    return Part("nwk", command_label(command, SUFFIXES), tuple(section(heading, lines)))
