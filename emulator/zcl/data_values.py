"""Values of the cluster library's data types: octets to Python and back (ZCL8 2.6.2).

A "non-value" is None. Numbers are `int` or `float`, Booleans `bool`, octet strings and general
data `bytes`, character strings `str`; arrays, sets and bags are a `Collection`, structures a
`Structure`. Decoding is total: octets give a value or a `WireError`.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from operator import index
from typing import Annotated, Any, Final

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.codecs import Told
from emulator.zcl.data_types import DataType, Date, TimeOfDay

MAXIMUM_DEPTH: Final = 15
"""How deep collections and structures may nest: a selector names up to 15 indices (ZCL8 2.5.15)."""

_NO_COLLECTION: Final = 0xFFFF
_FLOATS: Final = {DataType.SEMI: "<e", DataType.SINGLE: "<f", DataType.DOUBLE: "<d"}
_STRINGS: Final = {
    DataType.OCTSTR: 1,
    DataType.STRING: 1,
    DataType.OCTSTR16: 2,
    DataType.STRING16: 2,
}
_COLLECTIONS: Final = frozenset({DataType.ARRAY, DataType.SET, DataType.BAG})
_TEXT: Final = frozenset({DataType.STRING, DataType.STRING16})
_MISFITS: Final = (TypeError, ValueError, OverflowError, AttributeError, struct.error)


@dataclass(frozen=True, slots=True)
class Collection:
    """An array, set or bag: elements of one type; None in their place is the non-value."""

    element_type: int
    elements: tuple[object, ...] | None


@dataclass(frozen=True, slots=True)
class Member:
    """One element of a structure, with its type."""

    data_type: int
    value: object


@dataclass(frozen=True, slots=True)
class Structure:
    """Elements of any types, in order."""

    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class _Fixed:
    """How a type of fixed size is read and written.

    Args:
        nothing: the octets of the non-value; None where the type has none.
    """

    size: int
    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]
    nothing: bytes | None


def take_value(data_type: int, data: bytes, at: int, end: int) -> tuple[Any, int]:
    """The value of a type that starts at octet `at`, and the octet after it.

    Raises:
        WireError: when the octets from there are no such value, or the type is unlisted.
    """
    fixed = _FIXED.get(data_type)
    if fixed is None:
        return _take_variable(data_type, data, at, end, 0)
    after = at + fixed.size
    if after > end:
        raise _fault(data_type, at, f"{fixed.size} octets wanted, {end - at} left")
    octets = data[at:after]
    if octets == fixed.nothing:
        return None, after
    try:
        return fixed.read(octets), after
    except ValueError as wrong:
        raise _fault(data_type, at, str(wrong)) from None


def encode_value(data_type: int, value: Any) -> bytes:
    """The octets of a value, without its type.

    Raises:
        LocalError: when the type is unlisted or the value does not fit it.
    """
    fixed = _FIXED.get(data_type)
    try:
        if fixed is None:
            return _variable_octets(data_type, value)
        if value is None and fixed.nothing is not None:
            return fixed.nothing
        octets = fixed.write(value)
        if len(octets) != fixed.size:
            raise ValueError
    except _MISFITS:
        raise LocalError(f"{value!r} does not fit {_name(data_type)} (ZCL8 2.6.2)") from None
    return octets


def decode_value(data_type: int, data: bytes) -> Any:
    """The value that `data` is, all of it.

    Raises:
        WireError: when the octets are no such value, or some are left over.
    """
    value, after = take_value(data_type, data, 0, len(data))
    if after != len(data):
        raise _fault(data_type, after, f"{len(data) - after} octets left over")
    return value


TypedValue = Annotated[
    object,
    Told(
        take=lambda record, data, at, end: take_value(record.data_type, data, at, end),
        put=lambda record, value: encode_value(record.data_type, value),
    ),
]
"""A field whose type the field `data_type` before it tells."""


def _name(data_type: int) -> str:
    return DataType(data_type).name


def _fault(data_type: int, at: int, reason: str) -> WireError:
    return WireError(_name(data_type), at, reason)


def _take_variable(data_type: int, data: bytes, at: int, end: int, depth: int) -> tuple[Any, int]:
    if depth > MAXIMUM_DEPTH:
        raise _fault(data_type, at, f"nested deeper than {MAXIMUM_DEPTH}")
    if data_type in _STRINGS:
        return _take_string(data_type, data, at, end)
    if data_type in _COLLECTIONS:
        return _take_collection(data_type, data, at, end, depth)
    if data_type == DataType.STRUCT:
        return _take_structure(data, at, end, depth)
    if data_type in (DataType.NO_DATA, DataType.UNKNOWN):
        return None, at
    raise _fault(data_type, at, f"{data_type:#04x} is no data type (ZCL8 Table 2-10)")


def _take_count(data_type: int, size: int, data: bytes, at: int, end: int) -> tuple[int, int]:
    if end - at < size:
        raise _fault(data_type, at, f"{size} octets of count wanted, {end - at} left")
    return int.from_bytes(data[at : at + size], "little"), at + size


def _take_string(data_type: int, data: bytes, at: int, end: int) -> tuple[Any, int]:
    size = _STRINGS[DataType(data_type)]
    count, at = _take_count(data_type, size, data, at, end)
    if count == (1 << 8 * size) - 1:
        return None, at
    if end - at < count:
        raise _fault(data_type, at, f"{count} octets wanted, {end - at} left")
    octets = data[at : at + count]
    if data_type not in _TEXT:
        return octets, at + count
    try:
        return octets.decode("utf-8"), at + count
    except UnicodeDecodeError as wrong:
        raise _fault(data_type, at + wrong.start, "no UTF-8") from None


def _take_element(data_type: int, data: bytes, at: int, end: int, depth: int) -> tuple[Any, int]:
    if data_type in _FIXED:
        return take_value(data_type, data, at, end)
    return _take_variable(data_type, data, at, end, depth + 1)


def _take_collection(data_type: int, data: bytes, at: int, end: int, depth: int) -> tuple[Any, int]:
    element_type, at = _take_count(data_type, 1, data, at, end)
    count, at = _take_count(data_type, 2, data, at, end)
    if count == _NO_COLLECTION:
        return Collection(element_type, None), at
    if count > end - at:
        raise _fault(data_type, at, f"{count} elements cannot be in {end - at} octets")
    elements: list[object] = []
    for _ in range(count):
        element, at = _take_element(element_type, data, at, end, depth)
        elements.append(element)
    return Collection(element_type, tuple(elements)), at


def _take_structure(data: bytes, at: int, end: int, depth: int) -> tuple[Any, int]:
    count, at = _take_count(DataType.STRUCT, 2, data, at, end)
    if count == _NO_COLLECTION:
        return None, at
    members: list[Member] = []
    for _ in range(count):
        data_type, at = _take_count(DataType.STRUCT, 1, data, at, end)
        value, at = _take_element(data_type, data, at, end, depth)
        members.append(Member(data_type, value))
    return Structure(tuple(members)), at


def _variable_octets(data_type: int, value: Any) -> bytes:
    if data_type in _STRINGS:
        return _string_octets(data_type, value)
    if data_type in _COLLECTIONS:
        return _collection_octets(value)
    if data_type == DataType.STRUCT:
        return _structure_octets(value)
    if data_type in (DataType.NO_DATA, DataType.UNKNOWN) and value is None:
        return b""
    raise ValueError


def _string_octets(data_type: int, value: str | bytes | None) -> bytes:
    size = _STRINGS[DataType(data_type)]
    if value is None:
        return b"\xff" * size
    octets = value.encode() if isinstance(value, str) else _checked(value)
    if isinstance(value, str) != (data_type in _TEXT) or len(octets) >= (1 << 8 * size) - 1:
        raise ValueError
    return len(octets).to_bytes(size, "little") + octets


def _collection_octets(value: Collection) -> bytes:
    head = value.element_type.to_bytes(1, "little")
    if value.elements is None:
        return head + _NO_COLLECTION.to_bytes(2, "little")
    octets = b"".join(encode_value(value.element_type, element) for element in value.elements)
    return head + len(value.elements).to_bytes(2, "little") + octets


def _structure_octets(value: Structure | None) -> bytes:
    if value is None:
        return _NO_COLLECTION.to_bytes(2, "little")
    octets = b"".join(
        member.data_type.to_bytes(1, "little") + encode_value(member.data_type, member.value)
        for member in value.members
    )
    return len(value.members).to_bytes(2, "little") + octets


def _unsigned(size: int, *, non_value: bool) -> _Fixed:
    return _Fixed(
        size,
        lambda octets: int.from_bytes(octets, "little"),
        lambda value: index(value).to_bytes(size, "little"),
        b"\xff" * size if non_value else None,
    )


def _signed(size: int) -> _Fixed:
    return _Fixed(
        size,
        lambda octets: int.from_bytes(octets, "little", signed=True),
        lambda value: index(value).to_bytes(size, "little", signed=True),
        (1 << 8 * size - 1).to_bytes(size, "little"),
    )


def _octets(size: int) -> _Fixed:
    return _Fixed(size, bytes, _checked, None)


def _checked(value: bytes) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError
    return value


def _record(shape: type[TimeOfDay] | type[Date]) -> _Fixed:
    return _Fixed(4, shape.decode, lambda value: bytes(value.encode()), b"\xff" * 4)


def _float(code: str) -> _Fixed:
    layout = struct.Struct(code)

    def read(octets: bytes) -> float | None:
        (value,) = layout.unpack(octets)
        number = float(value)
        return None if number != number else number  # noqa: PLR0124 - only NaN differs from itself

    return _Fixed(layout.size, read, layout.pack, layout.pack(float("nan")))


def _boolean(octets: bytes) -> bool:
    if octets[0] > 1:
        raise ValueError(f"{octets[0]} is no Boolean")
    return octets[0] == 1


def _fixed_types() -> dict[int, _Fixed]:
    found: dict[int, _Fixed] = {}
    for more in range(8):
        found[DataType.DATA8 + more] = _octets(more + 1)
        found[DataType.MAP8 + more] = _unsigned(more + 1, non_value=False)
        found[DataType.UINT8 + more] = _unsigned(more + 1, non_value=True)
        found[DataType.INT8 + more] = _signed(more + 1)
    for data_type, code in _FLOATS.items():
        found[data_type] = _float(code)
    found |= {
        DataType.BOOL: _Fixed(1, _boolean, lambda value: bytes([bool(value)]), b"\xff"),
        DataType.ENUM8: _unsigned(1, non_value=True),
        DataType.ENUM16: _unsigned(2, non_value=True),
        DataType.TIME_OF_DAY: _record(TimeOfDay),
        DataType.DATE: _record(Date),
        DataType.UTC: _unsigned(4, non_value=True),
        DataType.CLUSTER_ID: _unsigned(2, non_value=True),
        DataType.ATTRIBUTE_ID: _unsigned(2, non_value=True),
        DataType.BACNET_OID: _unsigned(4, non_value=True),
        DataType.EUI64: _unsigned(8, non_value=True),
        DataType.KEY128: _octets(16),
    }
    return found


_FIXED: Final = _fixed_types()
