"""Elements of DUIS as values: name, attributes, text, parts (DUIS 5.4).

Comments, white space between elements and prefixes of namespaces say nothing in DUIS and are not
kept; an element of another namespace than DUIS's is refused.
"""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from emulator.duis.refusal import DuisRefusal

DUIS_NAMESPACE: Final = "http://www.dccinterface.co.uk/ServiceUserGateway"
SIGNATURE_NAMESPACE: Final = "http://www.w3.org/2000/09/xmldsig#"
_OWN: Final = f"{{{DUIS_NAMESPACE}}}"
_SIGNATURE: Final = f"{{{SIGNATURE_NAMESPACE}}}Signature"
_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
NAMESPACES: Final = {"sr": DUIS_NAMESPACE}


@dataclass(frozen=True, slots=True)
class Node:
    """One element.

    Args:
        name: without its namespace.
        text: what it says; empty where it has parts.
        parts: the elements inside, in order.
        attributes: name and value, in the order of names.
    """

    name: str
    text: str = ""
    parts: tuple["Node", ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> "Node | None":
        """The first element inside with a name, if there is one."""
        return next((each for each in self.parts if each.name == name), None)

    def said(self, name: str) -> str | None:
        """What the first element inside with a name says, None when there is none."""
        found = self.part(name)
        return None if found is None else found.text


def read_node(element: etree._Element) -> Node:
    """An element as a value; the signature inside it is left out.

    Raises:
        DuisRefusal: when something in it is of another namespace, or text stands beside elements.
    """
    return _read(element)


def write_node(node: Node) -> etree._Element:
    """A value as an element of DUIS, without white space between elements."""
    root = etree.Element(_qualified(node.name), nsmap=NAMESPACES)
    _fill(root, node)
    return root


def compact(root: etree._Element) -> bytes:
    """A document as octets, exactly as it stands: no white space is added."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _read(element: etree._Element) -> Node:
    name = _name(element)
    attributes = tuple(
        sorted(
            (str(key), str(value))
            for key, value in element.items()
            if not str(key).startswith(_INSTANCE)
        )
    )
    kept, text = list(element), (element.text or "").strip()
    if not kept:
        return Node(name, text, attributes=attributes)
    if text or any((child.tail or "").strip() for child in kept):
        raise DuisRefusal(f"{name}: text beside elements")
    parts = tuple(_read(child) for child in kept if child.tag != _SIGNATURE)
    return Node(name, parts=parts, attributes=attributes)


def _name(element: etree._Element) -> str:
    tag = str(element.tag)
    if not tag.startswith(_OWN):
        qualified = etree.QName(element)
        raise DuisRefusal(f"element {qualified.localname} of namespace {qualified.namespace}")
    return tag[len(_OWN) :]


def _fill(element: etree._Element, node: Node) -> None:
    if node.text:
        element.text = node.text
    for key, value in node.attributes:
        element.set(key, value)
    for part in node.parts:
        _fill(etree.SubElement(element, _qualified(part.name)), part)


def _qualified(name: str) -> str:
    return _OWN + name
