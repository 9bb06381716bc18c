"""APS frames as rows: acknowledgements, security commands, data whole and in blocks (R22 2.2.5)."""

from collections.abc import Callable
from typing import Any, Final

from emulator.kernel.errors import WireError
from emulator.lab.dissector.knowledge import Knowledge, concealed
from emulator.lab.dissector.link_security import Route, unlock
from emulator.lab.dissector.meaning import EVERYWHERE, Meaning
from emulator.lab.dissector.part import Part, section
from emulator.lab.dissector.words import member, title
from emulator.lab.dissector.zcl import read_zcl
from emulator.lab.dissector.zdo import read_zdo, zdo_name
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import NO_EUI64, ZDO_PROFILE, ClusterId
from emulator.zigbee.aps.commands import (
    COMMANDS,
    CommandIdentifier,
    RemoveDevice,
    TransportKey,
    Tunnel,
    UpdateDevice,
    decode_command,
)
from emulator.zigbee.aps.frames import ApsHeader, Fragmentation, FrameType
from emulator.zigbee.aps.primitives import KeyOrigin, TransportKeyType

_TOLD: Final = frozenset({"frame_type"})
"""What the heading tells."""

KEY_TYPES: Final = {
    TransportKeyType.STANDARD_NETWORK_KEY: "network key",
    TransportKeyType.APPLICATION_LINK_KEY: "application link key",
    TransportKeyType.TRUST_CENTRE_LINK_KEY: "trust centre link key",
}


def read_aps(octets: bytes, route: Route, known: Knowledge) -> Part:
    """What an APS frame says."""
    try:
        header, at = ApsHeader.take(octets)
    except WireError:
        return known.undecodable("aps", "APS header", ApsHeader, octets)
    lines = known.text.lines(header, _names(header), _TOLD)
    detail = section(f"APS {member(header.frame_type)}", lines)
    if not header.security:
        return _payload(header, octets[at:], route, known).below(detail)
    unlocked = unlock(octets, at, route, known)
    if isinstance(unlocked, Part):
        return unlocked.below(detail)
    inner = _payload(header, unlocked.payload, route, known)
    return inner.below([*detail, *unlocked.detail], unlocked.protection)


def _names(header: ApsHeader) -> Meaning:
    return Meaning(cluster=zdo_name) if header.profile == ZDO_PROFILE else EVERYWHERE


def _payload(header: ApsHeader, octets: bytes, route: Route, known: Knowledge) -> Part:
    if header.frame_type == FrameType.ACKNOWLEDGEMENT:
        return Part("aps", "APS Ack", ())
    if header.frame_type == FrameType.COMMAND:
        return _command(octets, route, known)
    if header.frame_type != FrameType.DATA or header.cluster is None:
        payload = f"payload: {known.text.octets(octets)}"
        return Part("aps", f"APS {member(header.frame_type)}", (payload,))
    return _block(header, header.cluster, octets, route, known)


def _message(
    header: ApsHeader, cluster: ClusterId, octets: bytes, known: Knowledge, *, whole: bool = True
) -> Part:
    if header.profile != ZDO_PROFILE:
        return read_zcl(cluster, octets, known, whole=whole)
    return read_zdo(cluster, octets, known) if whole else Part("zdo", zdo_name(cluster), ())


def _block(
    header: ApsHeader, cluster: ClusterId, octets: bytes, route: Route, known: Knowledge
) -> Part:
    fragment = header.fragment
    if fragment is None or fragment.fragmentation == Fragmentation.NONE:
        return _message(header, cluster, octets, known)
    key = (route.source, route.destination, header.counter)
    block = known.blocks.take(key, fragment, octets)
    place = f" ({block.text})"
    if block.whole is not None:
        heading = [f"whole message, {len(block.whole)} octets in {block.total} blocks"]
        return _message(header, cluster, block.whole, known).below(heading).marked(place)
    payload = f"payload: {known.text.octets(octets)}"
    if block.first is None:
        return Part("aps", f"APS Data{place}", (payload,))
    begun = _message(header, cluster, block.first, known, whole=False)
    return Part(begun.layer, begun.label + place, (payload,))


def _command(octets: bytes, route: Route, known: Knowledge) -> Part:
    try:
        command = decode_command(octets)
    except WireError as fault:
        return _undecodable(octets, fault, known)
    name = title(type(command).__name__)
    if isinstance(command, UpdateDevice):
        known.names.learn(command.device, command.device_address)
    elif isinstance(command, TransportKey):
        _learn_key(command, known)
    detail = section(f"APS command {name}", known.text.lines(command))
    if isinstance(command, Tunnel):
        inside = Route(route.source, route.destination, route.sender, command.destination)
        carried = read_aps(command.frame, inside, known).below(detail)
        return Part("aps", f"{name}: {carried.label}", carried.detail, carried.security)
    suffix = SUFFIXES.get(type(command))
    label = name if suffix is None else f"{name} ({suffix(command, known)})"
    return Part("aps", label, tuple(detail))


def _learn_key(command: TransportKey, known: Knowledge) -> None:
    """A key that is transported opens what follows; those of a run are known already."""
    if known.keys.shows_in(command.key):
        return
    if command.key_type == TransportKeyType.STANDARD_NETWORK_KEY:
        known.keys.add_network_key(command.key, command.sequence, "transported network key")
    elif command.key_type in KEY_TYPES:
        ends = (command.partner, command.destination)
        device = next((each for each in ends if each is not None), NO_EUI64)
        label = f"transported {KEY_TYPES[command.key_type]}"
        known.keys.add_link_key(command.key, device, label, KeyOrigin.APPLICATION)


def _undecodable(octets: bytes, fault: WireError, known: Knowledge) -> Part:
    """A Transport-Key that is cut off may still hold its key."""
    form = COMMANDS.get(octets[0]) if octets else None
    what = "APS command" if form is None else title(form.__name__)
    if octets[:1] == bytes((CommandIdentifier.TRANSPORT_KEY,)):
        return concealed("aps", what, octets)
    if form is None:
        return known.undecodable("aps", what, fault, octets)
    return known.undecodable("aps", what, form, octets[1:])


def _key_type(command: Any, _known: Knowledge) -> str:
    return KEY_TYPES.get(command.key_type) or member(command.key_type)


SUFFIXES: Final[dict[type[Struct], Callable[[Any, Knowledge], str]]] = {
    TransportKey: _key_type,
    UpdateDevice: lambda command, known: (
        f"{known.names.device(command.device)}: {member(command.status)}"
    ),
    RemoveDevice: lambda command, known: known.names.device(command.target),
}
"""What a label tells besides the name of the command."""
