"""Data to octets and back, tag first (IEC 62056-5-3 8, Data; A-XDR of IEC 61334-6).

Written for speed: whole numbers and short octet strings, nearly all that a message holds, are
taken without a call. Work is bounded by the number of octets, nesting by `DEPTH`.
"""

from typing import Final

from emulator.dlms.compact_array import compact_array_octets, take_compact_array
from emulator.dlms.data import CompactArray, Data
from emulator.dlms.data_types import NUMBERS, DataType
from emulator.dlms.lengths import encode_length, take_length
from emulator.dlms.scalars import scalar_octets, take_scalar
from emulator.kernel.errors import LocalError, WireError

DEPTH: Final = 16
"""How deep arrays and structures may nest; GBCS needs about six."""

_TYPES: Final[tuple[DataType | None, ...]] = tuple(
    DataType(tag) if tag in set(DataType) else None for tag in range(256)
)
_WIDTHS: Final = tuple(NUMBERS.get(kind, (0, False)) if kind else (0, False) for kind in _TYPES)


def decode_data(octets: bytes) -> Data:
    """The one value that `octets` are.

    Raises:
        WireError: when they are no data, or more than one value.
    """
    data, at = take_data(octets, 0)
    if at != len(octets):
        raise WireError("Data", at, f"{len(octets) - at} octets after the value")
    return data


def take_data(octets: bytes, at: int, depth: int = DEPTH) -> tuple[Data, int]:
    """The value whose tag is at `at`, and the offset after it.

    Raises:
        WireError: when the tag is unknown, the octets end inside it, or it nests too deep.
    """
    kind = _TYPES[octets[at]] if at < len(octets) else None
    if kind is None:
        raise WireError("Data", at, _no_type(octets, at))
    at += 1
    if kind is DataType.STRUCTURE or kind is DataType.ARRAY:
        count, at = take_length(octets, at, kind.words)
        if depth == 0:
            raise WireError("Data", at, f"nested deeper than {DEPTH}")
        parts, at = take_parts(octets, at, count, depth - 1)
        return Data(kind, parts), at
    if kind is DataType.COMPACT_ARRAY:
        array, at = take_compact_array(octets, at)
        return Data(kind, array), at
    value, at = take_scalar(kind, octets, at)
    return Data(kind, value), at


def take_parts(
    octets: bytes, at: int, count: int, depth: int = DEPTH
) -> tuple[tuple[Data, ...], int]:
    """So many values one after the other, and the offset after them.

    Raises:
        WireError: as `take_data`.
    """
    parts = []
    size = len(octets)
    for _ in range(count):
        tag = octets[at] if at < size else 0xFE
        width, signed = _WIDTHS[tag]
        if width and at + width < size:
            end = at + 1 + width
            number = int.from_bytes(octets[at + 1 : end], "big", signed=signed)
            parts.append(Data(_TYPES[tag], number))
            at = end
        else:
            part, at = take_data(octets, at, depth)
            parts.append(part)
    return tuple(parts), at


def encode_data(data: Data) -> bytes:
    """The octets of a value.

    Raises:
        LocalError: when it holds what its type cannot.
    """
    kind, value = data
    if kind is DataType.ARRAY or kind is DataType.STRUCTURE:
        if type(value) is not tuple:
            raise LocalError(f"{value!r} is no value of type {kind.words}")
        return b"".join(
            (bytes((kind,)), encode_length(len(value)), *[encode_data(part) for part in value])
        )
    if isinstance(value, CompactArray):
        return bytes((kind,)) + compact_array_octets(value)
    return bytes((kind,)) + scalar_octets(kind, value)


def _no_type(octets: bytes, at: int) -> str:
    if at >= len(octets):
        return "expected a type, found the end"
    return f"{octets[at]:02X} is no type of data"
