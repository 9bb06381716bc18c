"""ASN.1 payloads as JSON documents, both ways: the fields of their dataclasses by name.

Codes stand under their name where they have one, octets in hexadecimal, named bits as a list;
fields that are absent or have their default are left out.
"""

from collections.abc import Mapping
from enum import IntFlag
from typing import Any, Final

from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.composites import Alone, Choice, Field, Sequence, SequenceOf, Tagged
from emulator.gbcs.asn1.elements import (
    Element,
    GeneralizedTime,
    Integer,
    NamedBits,
    Null,
    OctetString,
    Whole,
)
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.asn1.tlv import Lengths
from emulator.gbcs.envelope import Cra
from emulator.gbcs.json_form.fields import list_in, number_in, object_in, octets_in, refuse, text_in
from emulator.kernel.errors import UsageError

_LENGTHS: Final = {each.value: each for each in Lengths}
_SEQUENCE: Final = b"\x30"


def asn1_document(payload: Asn1Payload) -> dict[str, Any]:
    """An ASN.1 payload as a JSON document."""
    element = ASN1_TYPES[payload.message_code, payload.cra]
    document = {"value": _document(element, payload.value)}
    if payload.lengths is not Lengths.DER:
        document["lengths"] = payload.lengths.value
    return document


def asn1_from(document: Mapping[str, Any], code: int, cra: Cra, path: str) -> Asn1Payload:
    """The ASN.1 payload of this message that a JSON document stands for.

    Raises:
        UsageError: when it stands for none; names the place.
    """
    element = ASN1_TYPES.get((code, cra))
    if element is None:
        refuse(path, f"{cra.name.lower()} {code:04X}", "a message whose payload is ASN.1")
    lengths = _LENGTHS.get(str(document.get("lengths", Lengths.DER.value)))
    if lengths is None:
        refuse(f"{path}.lengths", document["lengths"], f"one of {', '.join(_LENGTHS)}")
    value = _from(element, document.get("value"), f"{path}.value")
    return Asn1Payload(code, cra, value, lengths)


def _document(element: Element, value: Any) -> Any:
    match element:
        case Sequence() | Alone():
            return {
                each.name: _document(each.element, getattr(value, each.name))
                for each in element.fields
                if not each.optional or getattr(value, each.name) != each.default
            }
        case SequenceOf():
            return [_document(element.element, each) for each in value]
        case Tagged():
            return _document(element.element, value)
        case Choice():
            return _document(element.chosen(value), value)
        case _:
            return _scalar_document(element, value)


def _scalar_document(element: Element, value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex().upper()
    if isinstance(element, NamedBits):
        return _bits_document(element.names(value))
    if isinstance(element, Integer) and element.names is not None:
        named = element.names(value)
        return named.name.lower() if named.known else int(value)
    return value


def _bits_document(bits: IntFlag) -> Any:
    """The names of the bits that are set; the number where some have none."""
    names = [str(each.name).lower() for each in type(bits) if each in bits]
    known = sum(int(each) for each in type(bits) if each in bits)
    return names if known == int(bits) else int(bits)


def _from(element: Element, document: Any, path: str) -> Any:
    match element:
        case Sequence() | Alone():
            return element.cls(**_fields_from(element.fields, document, path))
        case SequenceOf():
            listed = list_in(document, path)
            return tuple(
                _from(element.element, each, f"{path}[{index}]")
                for index, each in enumerate(listed)
            )
        case Tagged():
            return _from(element.element, document, path)
        case Choice():
            first = _fits(element.first, document)
            return _from(element.first if first else element.second, document, path)
        case _:
            return _scalar_from(element, document, path)


def _fields_from(declared: tuple[Field, ...], document: Any, path: str) -> dict[str, Any]:
    given = object_in(document, path)
    names = [each.name for each in declared]
    strange = sorted(set(given) - set(names))
    if strange:
        refuse(path, strange[0], f"one of {', '.join(names)}")
    missing = [each for each in declared if not each.optional and each.name not in given]
    for each in missing:
        refuse(f"{path}.{each.name}", None, "a value")
    return {
        each.name: _from(each.element, given[each.name], f"{path}.{each.name}")
        for each in declared
        if each.name in given
    }


def _fits(element: Element, document: Any) -> bool:
    """Whether a document can stand for the first element of a choice."""
    if isinstance(element, Null):
        return document is None
    try:
        octets = octets_in(document, "")
    except UsageError:
        return False
    return octets.startswith(_SEQUENCE)


def _scalar_from(element: Element, document: Any, path: str) -> Any:
    match element:
        case Integer():
            return _number_from(element, document, path)
        case NamedBits():
            return _bits_from(element, document, path)
        case OctetString() | Whole():
            return octets_in(document, path)
        case GeneralizedTime():
            return text_in(document, path)
        case _:
            return None if document is None else refuse(path, document, "null")


def _number_from(element: Integer, document: Any, path: str) -> int:
    if isinstance(document, int) and not isinstance(document, bool):
        return document if element.names is None else element.names(number_in(document, path))
    named = {each.name.lower(): each for each in element.names or ()}
    if document not in named:
        refuse(path, document, " or ".join(("a whole number", *named)))
    return named[document]


def _bits_from(element: NamedBits, document: Any, path: str) -> int:
    if isinstance(document, int) and not isinstance(document, bool):
        return document
    named = {str(each.name).lower(): int(each) for each in element.names}
    bits = 0
    for name in list_in(document, path):
        if name not in named:
            refuse(path, name, f"one of {', '.join(named)}")
        bits |= named[name]
    return element.names(bits)
