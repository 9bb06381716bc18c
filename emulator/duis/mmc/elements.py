"""Values as elements of the catalogue (MMC 5.4)."""

import base64
import re
from typing import Final

from lxml import etree

from emulator.duis.response import reference_of
from emulator.duis.tree import Node
from emulator.gbcs.envelope import Message
from emulator.kernel.identity import format_eui64

MMC_NAMESPACE: Final = "http://www.dccinterface.co.uk/ResponseAndAlert"
SCHEMA_VERSION: Final = "5.4"
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (2.2)."""


def document_of(header: Node, told: Node) -> etree._Element:
    """A document: who speaks, and what is said."""
    root = etree.Element(f"{{{MMC_NAMESPACE}}}GBCSResponse", nsmap={"ra": MMC_NAMESPACE})
    root.set("schemaVersion", SCHEMA_VERSION)
    _fill(root, Node("", parts=(header, Node("Body", parts=(told,)))))
    return root


def header_of(message: Message, srv: str | None) -> Node:
    """Who speaks to whom, with which counters, about which request."""
    other = message.other_information
    supplementary = other.supplementary_party
    said = {
        "BusinessOriginatorID": format_eui64(message.originator),
        "BusinessTargetID": format_eui64(message.recipient),
        "OriginatorCounter": str(message.counter),
        "SupplementaryRemotePartyID": None
        if supplementary is None
        else format_eui64(supplementary),
        "SupplementaryRemotePartyCounter": _number(other.supplementary_counter),
        "SupplementaryOriginatorCounter": _number(other.supplementary_originator_counter),
        "GBCSHexadecimalMessageCode": f"{other.message_code:04X}",
        "ServiceReference": None if srv is None else reference_of(srv),
        "ServiceReferenceVariant": srv,
    }
    return Node(
        "Header", parts=tuple(Node(name, text) for name, text in said.items() if text is not None)
    )


def gbcs_data(octets: bytes, place: int, form: str, kind: str) -> Node:
    """Octets that stay as they are.

    Args:
        octets: an encrypted block, or a payload.
        place: among those of the document, from 0.
        form: `encrypted` or `plain`.
        kind: of what, as the catalogue calls it.
    """
    name = "Payload" if form == "plain" else f"Block{place + 1}"
    attributes = (("format", form), ("sequence", str(place)), ("name", name), ("type", kind))
    return Node("GBCSData", base64.b64encode(octets).decode(), (), attributes)


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _printable(text: str) -> str:
    """Text without the characters that XML cannot hold, such as those of octets that are none."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _fill(element: etree._Element, node: Node) -> None:
    if node.text:
        element.text = _printable(node.text)
    for key, value in node.attributes:
        element.set(key, value)
    for part in node.parts:
        _fill(etree.SubElement(element, f"{{{MMC_NAMESPACE}}}{part.name}"), part)
