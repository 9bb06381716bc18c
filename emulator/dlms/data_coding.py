"""Data to octets and back, tag first (IEC 62056-5-3 8, Data; A-XDR of IEC 61334-6).

Decoding is written twice: quickly, believing that the octets are well formed, and, when they turn
out not to be, carefully, to say what is wrong where. Work is bounded by the number of octets,
nesting by `DEPTH`.
"""

from functools import lru_cache
from typing import Final

from emulator.dlms.compact_array import compact_array_octets, take_compact_array
from emulator.dlms.data import CompactArray, Data, Value
from emulator.dlms.data_types import NUMBERS, DataType
from emulator.dlms.lengths import encode_length, take_length
from emulator.dlms.scalars import scalar_octets, take_scalar
from emulator.kernel.errors import LocalError, WireError

DEPTH: Final = 16
"""How deep arrays and structures may nest; GBCS needs about six."""

_TYPES: Final = tuple(DataType(tag) if tag in set(DataType) else None for tag in range(256))
_WIDTHS: Final = {DataType.NULL_DATA: 0} | {kind: width for kind, (width, _) in NUMBERS.items()}
_SIZES: Final = tuple(
    1 + _WIDTHS[kind] if kind is not None and kind in _WIDTHS else 0 for kind in _TYPES
)
"""By tag: octets of a number or of no data, tag included; 0 for everything else."""
_NESTED: Final = (int(DataType.STRUCTURE), int(DataType.ARRAY))
_STRUCTURE, _ARRAY = _NESTED
_OCTETS: Final = int(DataType.OCTET_STRING)
_BITS: Final = int(DataType.BIT_STRING)
_COMPACT: Final = DataType.COMPACT_ARRAY
_SHORT: Final = 0x80
"""Lengths below it are one octet."""
_BRIEF: Final = 0x20
"""Octet strings below it are remembered."""
_FEW: Final = 3
"""Arrays of fewer elements are no tables."""
_SHORT_ROW: Final = 0x40
"""Structures below it are remembered."""
_new: Final = tuple.__new__
"""Makes a `Data` in half the time its own constructor takes."""


def decode_data(octets: bytes) -> Data:
    """The one value that `octets` are.

    Raises:
        WireError: when they are no data, or more than one value.
    """
    data, at = take_data(octets, 0)
    if at != len(octets):
        raise WireError("Data", at, f"{len(octets) - at} octets after the value")
    return data


def take_data(octets: bytes, at: int) -> tuple[Data, int]:
    """The value whose tag is at `at`, and the offset after it.

    Raises:
        WireError: when a tag is unknown, the octets end inside the value, or it nests too deep.
    """
    parts, at = take_parts(octets, at, 1)
    return parts[0], at


def take_parts(octets: bytes, at: int, count: int) -> tuple[tuple[Data, ...], int]:
    """So many values one after the other, and the offset after them.

    Raises:
        WireError: as `take_data`; its path starts with the number of the value.
    """
    try:
        parts, after = _quickly(octets, at, count, DEPTH)
    except (IndexError, WireError):
        after = len(octets) + 1
        parts = ()
    if after <= len(octets):
        return parts, after
    return _carefully(octets, at, count, DEPTH)


def _quickly(octets: bytes, at: int, count: int, depth: int) -> tuple[tuple[Data, ...], int]:
    """Values as if the octets never ended; an offset behind their end tells that they did."""
    parts: list[Data] = []
    append = parts.append
    for _ in range(count):
        head = octets[at]
        size = _SIZES[head]
        if size:
            append(_scalar(octets[at : at + size]))
            at += size
        elif head == _OCTETS and octets[at + 1] < _BRIEF:
            size = 2 + octets[at + 1]
            append(_scalar(octets[at : at + size]))
            at += size
        elif head in _NESTED and octets[at + 1] < _SHORT and depth:
            inside, at = (_rows if head == _ARRAY else _quickly)(
                octets, at + 2, octets[at + 1], depth - 1
            )
            append(_new(Data, (_TYPES[head], inside)))
        elif head == _BITS and octets[at + 1] < _SHORT:
            size = 2 + (octets[at + 1] + 7) // 8
            append(_scalar(octets[at : at + size]))
            at += size
        else:
            part, at = _one(octets, at, depth)
            append(part)
    return tuple(parts), at


def _rows(octets: bytes, at: int, count: int, depth: int) -> tuple[tuple[Data, ...], int]:
    """The elements of an array, as `_quickly`; short structures of one size are remembered."""
    if count < _FEW or octets[at] != _STRUCTURE:
        return _quickly(octets, at, count, depth)
    parts, after = _quickly(octets, at, 1, depth)
    size = after - at
    rows = list(parts)
    while len(rows) < count and size < _SHORT_ROW:
        row = _row(octets[after : after + size], depth)
        if row is None:
            break
        rows.append(row)
        after += size
    rest, after = _quickly(octets, after, count - len(rows), depth)
    return (*rows, *rest), after


@lru_cache(maxsize=4096)
def _row(octets: bytes, depth: int) -> Data | None:
    """The value that all of `octets` are, None when they are none; rows of tables come again."""
    try:
        parts, after = _quickly(octets, 0, 1, depth)
    except (IndexError, WireError):
        return None
    return parts[0] if after == len(octets) else None


@lru_cache(maxsize=4096)
def _scalar(octets: bytes) -> Data:
    """A short value without parts, tag first; remembered, for most come again and again."""
    kind = DataType(octets[0])
    return Data(kind, take_scalar(kind, octets, 1)[0])


def _carefully(octets: bytes, at: int, count: int, depth: int) -> tuple[tuple[Data, ...], int]:
    """The same values, or where and why there are none."""
    parts: list[Data] = []
    try:
        for _ in range(count):
            part, at = _one(octets, at, depth)
            parts.append(part)
    except WireError as error:
        path = f"[{len(parts)}].{error.path}".replace(".[", "[")
        raise WireError(path, error.offset, error.reason) from None
    return tuple(parts), at


def _one(octets: bytes, at: int, depth: int) -> tuple[Data, int]:
    if at >= len(octets):
        raise WireError("data", at, "expected a type, found the end")
    head = octets[at]
    kind = _TYPES[head]
    if kind is None:
        raise WireError("data", at, f"{head:02X} is no type of data")
    value: Value
    if head in _NESTED:
        count, start = take_length(octets, at + 1, kind.words)
        if depth == 0:
            raise WireError(kind.words, at, f"nested deeper than {DEPTH}")
        value, at = _carefully(octets, start, count, depth - 1)
    elif kind is _COMPACT:
        value, at = take_compact_array(octets, at + 1)
    else:
        value, at = take_scalar(kind, octets, at + 1)
    return Data(kind, value), at


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
