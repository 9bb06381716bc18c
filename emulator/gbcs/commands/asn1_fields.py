"""ASN.1 values from templates, and back to the values of people (GBCS Annex 3)."""

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
from emulator.kernel.errors import UsageError


def asn1_payload(code: int, node: Node, values: GivenValues) -> Asn1Payload:
    """The payload that a template and values make.

    Raises:
        UsageError: when a value is missing, or is not of its kind.
    """
    return Asn1Payload(code, Cra.COMMAND, _value(node, ASN1_TYPES[code, Cra.COMMAND], values))


def read_asn1(node: Node, payload: Asn1Payload, found: FoundValues) -> None:
    """Note the values of a payload.

    Raises:
        UsageError: when it is none that the template makes.
    """
    _read(node, ASN1_TYPES[payload.message_code, Cra.COMMAND], payload.value, found)


def _value(node: Node, element: Element, values: GivenValues) -> Any:
    if isinstance(element, Tagged):
        return _value(node, element.element, values)
    match node:
        case Fields(fields):
            return _sequence(fields, element, values)
        case Constant(_, value):
            return _named(element, value)
        case Reference(_, name) if name.startswith("@"):
            return asn1_context(name, values.heading)
        case Reference(_, name):
            return _named(element, values.carried(name))
        case Each(name, of):
            inner = _inner(element)
            return tuple(_value(of, inner, each) for each in values.elements(name))
        case Parts(_, parts):
            chosen = (part for part in parts if _wanted(part, values))
            return tuple(_value(_plain(part), _inner(element), values) for part in chosen)
        case When(name, of):
            return _value(of, element, values) if values.has(name) else None


def _sequence(fields: Any, element: Element, values: GivenValues) -> Any:
    declared = _declared(element)
    made = {}
    for field in declared.fields:
        node = fields.get(field.name)
        if node is not None and _wanted(node, values):
            made[field.name] = _value(_plain(node), field.element, values)
    return declared.cls(**made)


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
    if isinstance(element, Tagged):
        _read(node, element.element, value, found)
        return
    match node:
        case Fields(fields):
            for field in _declared(element).fields:
                _read_field(
                    fields.get(field.name), field.element, getattr(value, field.name), found
                )
        case Constant(_, constant):
            if _named(element, constant) != value:
                raise UsageError(f"{value!r} instead of {constant!r}")
        case Reference(_, name):
            found.note(name, value)
        case Each(name, of):
            found.listed(name)
            for each in value:
                _read(of, _inner(element), each, found.element(name))
        case Parts(_, parts):
            _read_parts(parts, _inner(element), value, found)
        case When(_, of):
            _read(of, element, value, found)


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
