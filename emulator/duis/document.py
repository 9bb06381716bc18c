"""Octets from outside as an XML document, with bounds on everything (XML 1.0; DUIS 5.4).

DUIS needs no document type and no entity of its own, so a document that has one is refused before a
parser sees what it says. Comments and processing instructions say nothing and are not kept. Nothing
is fetched from anywhere.
"""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from emulator.duis.refusal import DuisRefusal, OversizedDocument
from emulator.kernel.settings import setting

_BOUNDS: Final = "several times what the published templates need"
_DOCTYPE: Final = b"<!DOCTYPE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How large a document may be."""

    octets: int = setting(4 << 20, source=f"{_BOUNDS}; SRV 11.1 brings a firmware image of 750 KiB")
    depth: int = setting(32, source=_BOUNDS)
    elements: int = setting(20_000, source=_BOUNDS)


def parse_document(octets: bytes, bounds: Bounds | None = None) -> etree._Element:
    """The root element of a document.

    Raises:
        OversizedDocument: when it is larger than is ever read.
        DuisRefusal: when it is no well-formed XML in UTF-8, or uses what DUIS has no use for.
    """
    limit = Bounds() if bounds is None else bounds
    if len(octets) > limit.octets:
        raise OversizedDocument(f"{len(octets)} octets, at most {limit.octets}")
    _check_plain(octets)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(octets, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise DuisRefusal(f"no well-formed XML: {fault}") from None
    _check_bounds(root, limit)
    return root


def _check_plain(octets: bytes) -> None:
    """Refuse what would hide a document type from a search of the octets, then search."""
    if b"\x00" in octets or octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DuisRefusal("no text in UTF-8")
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise DuisRefusal(f"no text in UTF-8: octet {fault.start}") from None
    if _DOCTYPE in octets.upper():
        raise DuisRefusal("has a document type, which DUIS has no use for")


def _check_bounds(root: etree._Element, limit: Bounds) -> None:
    if root.getroottree().docinfo.encoding not in (None, "UTF-8", "utf-8", "ASCII", "US-ASCII"):
        raise DuisRefusal(f"encoding {root.getroottree().docinfo.encoding}, expected UTF-8")
    count, level = 0, [root]
    for _ in range(limit.depth):
        if not level:
            return
        count += len(level)
        if count > limit.elements:
            raise DuisRefusal(f"more than {limit.elements} elements")
        level = [child for each in level for child in each]
    if level:
        raise DuisRefusal(f"elements nested more than {limit.depth} deep")
