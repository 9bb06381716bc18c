"""ASN.1 values from templates, and back to the values of people (GBCS Annex 3)."""

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Several
from typing import Any

from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.composites import Alone, Sequence, SequenceOf, Tagged
from emulator.gbcs.asn1.elements import Element, Integer, NamedBits
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.commands.context import asn1_context
from emulator.gbcs.commands.template import Constant, Each, Fields, Node, Parts, Reference, When
from emulator.gbcs.commands.values import FoundValues, GivenValues
from emulator.gbcs.envelope import Cra
from emulator.kernel.errors import LocalError, UsageError


def asn1_payload(code: int, node: Node, values: GivenValues) -> Asn1Payload:
    """The payload that a template and values make.

    Raises:
        UsageError: when a value is missing, or is not of its kind.
    """
    made = Asn1Payload(code, Cra.COMMAND, _value(node, ASN1_TYPES[code, Cra.COMMAND], values))
    try:
        made.encode()
    except LocalError as fault:
        raise UsageError(f"{values.place}: {fault}") from None
    return made


def read_asn1(node: Node, payload: Asn1Payload, found: FoundValues) -> None:
    """Note the values of a payload.

    Raises:
        UsageError: when it is none that the template makes.
    """
    _read(node, ASN1_TYPES[payload.message_code, Cra.COMMAND], payload.value, found)


def _value(node: Node, element: Element, values: GivenValues) -> Any:
    element = _untagged(element)
    if isinstance(node, Fields):
        return _sequence(node.fields, element, values)
    if isinstance(node, Each | Parts):
        return tuple(_items(node, _inner(element), values))
    if isinstance(node, Constant):
        return _named(element, node.value)
    if isinstance(node, Reference) and node.name.startswith("@"):
        return asn1_context(node.name, values.heading)
    return _named(element, values.carried(node.name))


def _items(node: Each | Parts, element: Element, values: GivenValues) -> Iterator[Any]:
    if isinstance(node, Each):
        for each in values.elements(node.name):
            yield _value(node.of, element, each)
    else:
        for part in node.parts:
            if _wanted(part, values):
                yield _value(_plain(part), element, values)


def _sequence(fields: Mapping[str, Node], element: Element, values: GivenValues) -> Any:
    declared = _declared(element)
    made = {}
    for field in declared.fields:
        node = fields.get(field.name)
        if node is not None and _wanted(node, values):
            made[field.name] = _value(_plain(node), field.element, values)
    return declared.cls(**made)


def _untagged(element: Element) -> Element:
    return element.element if isinstance(element, Tagged) else element


def _declared(element: Element) -> Sequence | Alone:
    if not isinstance(element, Sequence | Alone):
        raise UsageError("a template has fields where ASN.1 has no SEQUENCE")
    return element


def _inner(element: Element) -> Element:
    if not isinstance(element, SequenceOf):
        raise UsageError("a template has a list where ASN.1 has no SEQUENCE OF")
    return element.element


def _wanted(node: Node, values: GivenValues) -> bool:
    return not isinstance(node, When) or values.has(node.name)


def _plain(node: Node) -> Node:
    return node.of if isinstance(node, When) else node


def _named(element: Element, value: Any) -> Any:
    """A number under the name that ASN.1 gives it."""
    if isinstance(element, Integer | NamedBits) and element.names is not None:
        return element.names(value)
    return bytes.fromhex(value) if isinstance(value, str) and _is_octets(element) else value


def _is_octets(element: Element) -> bool:
    return 0x04 in element.tags


def _read(node: Node, element: Element, value: Any, found: FoundValues) -> None:
    element = _untagged(element)
    match node:
        case Fields(fields):
            _read_fields(fields, _declared(element), value, found)
        case Constant(_, constant):
            if _named(element, constant) != value:
                raise UsageError(f"{value!r} instead of {constant!r}")
        case Reference(_, name):
            found.note(name, value)
        case Each(name, of):
            _read_each(name, of, (_inner(element), value), found)
        case Parts(_, parts):
            _read_parts(parts, _inner(element), value, found)
        case When(_, of):
            _read(of, element, value, found)


def _read_fields(
    nodes: Mapping[str, Node], declared: Sequence | Alone, value: Any, found: FoundValues
) -> None:
    for field in declared.fields:
        inner = getattr(value, field.name)
        _read_field(nodes.get(field.name), field.element, inner, found)


def _read_each(
    name: str, of: Node, items: tuple[Element, Several[Any]], found: FoundValues
) -> None:
    found.listed(name)
    for each in items[1]:
        _read(of, items[0], each, found.element(name))


def _read_field(node: Node | None, element: Element, value: Any, found: FoundValues) -> None:
    if node is None:
        return
    if value is None and not isinstance(node, Constant):
        if isinstance(node, Reference) and node.name.startswith("@"):
            found.context[node.name] = 0
        return
    _read(node, element, value, found)


def _read_parts(
    parts: Several[Node], element: Element, items: Several[Any], found: FoundValues
) -> None:
    at = 0
    for part in parts:
        if at < len(items) and (not isinstance(part, When) or _fits(part.of, element, items[at])):
            _read(part, element, items[at], found)
            at += 1
        elif not isinstance(part, When):
            raise UsageError(f"{at} items, expected more")
    if at != len(items):
        raise UsageError(f"{len(items)} items, expected {at}")


def _fits(node: Node, element: Element, value: Any) -> bool:
    """Whether constants are there where the template has them."""
    if isinstance(node, Fields):
        return all(
            _fits(node.fields[field.name], field.element, getattr(value, field.name))
            for field in _declared(element).fields
            if field.name in node.fields
        )
    return not isinstance(node, Constant) or bool(_named(element, node.value) == value)
