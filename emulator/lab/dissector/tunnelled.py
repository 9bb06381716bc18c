"""Messages in the tunnel as rows: whole ones, blocks, and the gas meter's hop (GBCS 10.2.2)."""

from typing import Final

from emulator.gbcs.meaning.message import Knowledge as PartyKnowledge
from emulator.gbcs.meaning.message import explain
from emulator.gbcs.meaning.tree import Tree, lines
from emulator.gbcs.message_check import check_message
from emulator.kernel.errors import WireError
from emulator.lab.dissector.knowledge import Knowledge, concealed
from emulator.lab.dissector.part import Part, section

TUNNEL_ID: Final = 2
"""Octets of the tunnel's number in front of the data (ZSE 1.4 D.6.2.4.3)."""
BLOCK: Final = 0xE0
"""Tag of a general block transfer (IEC 62056-5-3)."""
_GET: Final = 0x01
_GET_RESPONSE: Final = 0x02
_PUT: Final = 0x03


def read_transfer(octets: bytes, known: Knowledge) -> Part:
    """What the payload of a TransferData says."""
    data = octets[TUNNEL_ID:]
    tunnel = f"tunnel: {int.from_bytes(octets[:TUNNEL_ID], 'little')}"
    if not data:
        return Part("zcl", "Transfer Data, nothing", (tunnel,))
    if data[0] == _GET:
        return Part("zcl", "GET, Tunneling", (tunnel, "GET: a message, if one waits"))
    if data[0] == _PUT:
        return read_message(data[1:], known).below([tunnel, "PUT"])
    if data[0] == _GET_RESPONSE:
        return _response(data, known).below([tunnel])
    return read_message(data, known).below([tunnel])


def read_message(octets: bytes, known: Knowledge) -> Part:
    """What a message between a remote party and a device says."""
    if octets[:1] == bytes((BLOCK,)):
        detail = section("block of a message", [f"octets: {known.text.octets(octets)}"])
        return Part("gbcs", "Block of a message", tuple(detail))
    if known.keys.shows_in(octets):
        return concealed("gbcs", "message with a key", octets)
    parties = {eui64: known.names.device(eui64) for eui64 in known.names.named}
    tree = meaning_of(octets, PartyKnowledge(parties=parties))
    if isinstance(tree, WireError):
        return known.undecodable("gbcs", "message", tree, octets)
    return Part("gbcs", title_of(tree), tuple(lines(tree)))


def meaning_of(octets: bytes, knowledge: PartyKnowledge) -> Tree | WireError:
    """What a message means, or where it stops to be one."""
    checked = check_message(octets)
    if checked.message is None or checked.payload is None:
        found = checked.findings[0]
        return WireError(found.field, found.offset, found.reason)
    return explain(checked.message, checked.payload, knowledge)


def title_of(tree: Tree) -> str:
    """A few words for a message, from the tree of its meaning."""
    return tree.value[:1].upper() + tree.value[1:]


def _response(data: bytes, known: Knowledge) -> Part:
    waiting = data[1] if len(data) > 1 else 0
    told = f"GET-RESPONSE, {waiting} more waiting"
    if len(data) <= TUNNEL_ID:
        return Part("zcl", "GET-RESPONSE, no message, Tunneling", (told,))
    return read_message(data[2:], known).below([told])
