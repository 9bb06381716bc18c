"""Access requests from templates, and back to the values (IEC 62056-5-3 8, access-request)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from emulator.dlms.access import AccessRequest
from emulator.dlms.data import Data
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import Descriptor, Selection
from emulator.dlms.invocation import invoke_id
from emulator.gbcs.commands.context import dlms_context
from emulator.gbcs.commands.kinds import Carrier, bits
from emulator.gbcs.commands.template import (
    Constant,
    DlmsItem,
    Each,
    Node,
    Parts,
    Reference,
    When,
)
from emulator.gbcs.commands.values import FoundValues, GivenValues
from emulator.kernel.errors import LocalError, UsageError

_REMEMBERED: Final = 4096
"""Constants of templates, most of which come in many of them."""
_TYPES: Final = {kind.words: kind for kind in DataType}


def access_request(items: Sequence[DlmsItem], values: GivenValues) -> AccessRequest:
    """The request that a template and values make.

    Raises:
        UsageError: when a value is missing or is not of its kind.
    """
    chosen = [item for item in items if item.when is None or values.has(item.when)]
    return AccessRequest(
        invoke_id(values.heading.counter),
        tuple(_descriptor(item, values) for item in chosen),
        tuple(_data(item.data, values) for item in chosen),
    )


def read_request(items: Sequence[DlmsItem], request: AccessRequest, found: FoundValues) -> None:
    """Note the values of a request.

    Raises:
        UsageError: when it is none that the template makes.
    """
    at = 0
    for item in items:
        if at < len(request.descriptors) and _names(item, request.descriptors[at]):
            selection = request.descriptors[at].selection
            if item.selection is not None and selection is not None:
                _read(item.selection, selection.parameters, found)
            _read(item.data, request.data[at], found)
            if item.when is not None:
                found.present(item.when)
            at += 1
        elif item.when is None:
            raise UsageError(f"item {at} is not {item.kind.name} of {item.obis.hex()}")
    if at != len(request.descriptors):
        raise UsageError(f"item {at} is none of the use case")


def _descriptor(item: DlmsItem, values: GivenValues) -> Descriptor:
    selection = None
    if item.selector is not None and item.selection is not None:
        selection = Selection(item.selector, _data(item.selection, values))
    return Descriptor(item.kind, item.class_id, item.obis, item.member, selection)


def _names(item: DlmsItem, descriptor: Descriptor) -> bool:
    wanted = (item.kind, item.class_id, item.obis, item.member)
    return wanted == tuple(descriptor[:4])


def _data(node: Node, values: GivenValues) -> Data:
    match node:
        case Constant(words, value):
            return _constant(words, value)
        case Reference(words, name):
            return _filled(Data(_TYPES[words], _carried(name, values)), name, values)
        case Each(name, of):
            return Data(DataType.ARRAY, tuple(_data(of, each) for each in values.elements(name)))
        case Parts(words, parts):
            return Data(_TYPES[words], tuple(_parts(parts, values)))
        case _:
            raise UsageError("a template for DLMS has an ASN.1 part or one with no place")


def _filled(datum: Data, name: str, values: GivenValues) -> Data:
    """The datum, when its value fits its type.

    Raises:
        UsageError: when it does not.
    """
    try:
        encode_data(datum)
    except LocalError as fault:
        raise UsageError(f"{values.place}: value {name.lstrip('$.')}: {fault}") from None
    return datum


def _parts(parts: Sequence[Node], values: GivenValues) -> list[Data]:
    made = []
    for part in parts:
        if isinstance(part, When):
            if values.has(part.name):
                made.append(_data(part.of, values))
        else:
            made.append(_data(part, values))
    return made


@lru_cache(maxsize=_REMEMBERED)
def _constant(words: str, value: int | str | None) -> Data:
    kind = _TYPES[words]
    if isinstance(value, str) and kind is DataType.OCTET_STRING:
        return Data(kind, bytes.fromhex(value))
    if kind is DataType.BIT_STRING:
        return Data(kind, bits(str(value)))
    return Data(kind, value)


def _carried(reference: str, values: GivenValues) -> Carrier:
    if reference.startswith("@"):
        return dlms_context(reference, values.heading)
    return values.carried(reference)


def _read(node: Node, datum: Data, found: FoundValues) -> None:
    match node:
        case Constant(words, value):
            if _constant(words, value) != datum:
                raise UsageError(f"{datum} instead of {words} {value}")
        case Reference(words, name):
            if datum.type is not _TYPES[words] or not isinstance(datum.value, Carrier):
                raise UsageError(f"{datum} instead of {words}")
            found.note(name, datum.value)
        case Each(name, of):
            _read_each(name, of, datum, found)
        case Parts(words, parts):
            _read_parts(parts, _inside(datum, _TYPES[words]), found)
        case _:
            raise UsageError("a template for DLMS has an ASN.1 part or one with no place")


def _read_each(name: str, of: Node, datum: Data, found: FoundValues) -> None:
    found.listed(name)
    for each in _inside(datum, DataType.ARRAY):
        _read(of, each, found.element(name))


def _read_parts(parts: Sequence[Node], data: Sequence[Data], found: FoundValues) -> None:
    at = 0
    for part in parts:
        if not isinstance(part, When):
            if at == len(data):
                raise UsageError(f"{at} parts, expected more")
            _read(part, data[at], found)
            at += 1
        elif at < len(data) and _fits(part.of, data[at]):
            _read(part.of, data[at], found)
            at += 1
    if at != len(data):
        raise UsageError(f"{len(data)} parts, expected {at}")


def _fits(node: Node, datum: Data) -> bool:
    """Whether types and constants are there where the template has them."""
    if isinstance(node, Parts):
        if not isinstance(datum.value, tuple) or len(datum.value) != len(node.parts):
            return False
        return all(
            isinstance(each, Data) and _fits(part, each)
            for part, each in zip(node.parts, datum.value, strict=True)
        )
    if isinstance(node, Constant):
        return _constant(node.type, node.value) == datum
    return datum.type is (_TYPES[node.type] if isinstance(node, Reference) else DataType.ARRAY)


def _inside(datum: Data, kind: DataType) -> Sequence[Data]:
    if datum.type is not kind or not isinstance(datum.value, tuple):
        raise UsageError(f"{datum} instead of {kind.words}")
    return [each for each in datum.value if isinstance(each, Data)]
