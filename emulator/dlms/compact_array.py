"""Compact arrays: one description, then the elements without tags (IEC 62056-5-3 8, Data).

A description may promise many elements in few octets, so how much it stands for is bounded: see
`LEAVES`.
"""

from struct import Struct
from typing import Final

from emulator.dlms.data import CompactArray, Data, TypeDescription
from emulator.dlms.data_types import NUMBERS, DataType
from emulator.dlms.lengths import encode_length, take_length
from emulator.dlms.scalars import EMPTY, scalar_octets, take_scalar
from emulator.kernel.errors import LocalError, WireError

DEPTH: Final = 8
"""How deep a description may nest; the deepest of a meter nests two structures."""
LEAVES: Final = 256
"""Most values that one element may hold, so that decoding work is bounded by the octets sent."""

_FORMATS: Final = {
    kind: letter.lower() if signed else letter
    for kind, (width, signed) in NUMBERS.items()
    for letter in {1: "B", 2: "H", 4: "I", 8: "Q"}[width]
}
"""How `struct` writes each type of number."""
_TYPES: Final = {int(kind): kind for kind in DataType}


def take_compact_array(octets: bytes, at: int) -> tuple[CompactArray, int]:
    """The compact array whose description starts at `at`, and the offset after it.

    Raises:
        WireError: when the octets end inside it, or its elements could stand for anything.
    """
    description, start = _take_description(octets, at, DEPTH)
    if _leaves(description) > LEAVES or not _takes_octets(description):
        raise WireError(
            "compact-array", at, f"an element of no octets, or of more than {LEAVES} values"
        )
    size, at = take_length(octets, start, "compact-array")
    contents = octets[: at + size]
    if len(contents) < at + size:
        raise WireError("compact-array", at, f"needs {size} octets, found {len(contents) - at}")
    rows = _number_rows(description)
    if rows is not None and size % rows.size == 0:
        return CompactArray(description, _rows(description, rows, contents[at:])), at + size
    elements = []
    while at < len(contents):
        element, at = _take_element(description, contents, at)
        elements.append(element)
    return CompactArray(description, tuple(elements)), at


def _number_rows(description: TypeDescription) -> Struct | None:
    """How elements are laid out when each is a structure of numbers, as in nearly every log."""
    if description.type is not DataType.STRUCTURE:
        return None
    formats = [_FORMATS.get(part.type, "") for part in description.parts]
    return Struct(">" + "".join(formats)) if all(formats) else None


def _rows(description: TypeDescription, rows: Struct, contents: bytes) -> tuple[Data, ...]:
    kinds = tuple(part.type for part in description.parts)
    return tuple(
        Data(DataType.STRUCTURE, tuple(map(Data, kinds, values)))
        for values in rows.iter_unpack(contents)
    )


def compact_array_octets(value: CompactArray) -> bytes:
    """The octets of a compact array, without its tag.

    Raises:
        LocalError: when an element is not as described.
    """
    contents = b"".join(_element_octets(value.description, each) for each in value.elements)
    return b"".join(
        (_description_octets(value.description), encode_length(len(contents)), contents)
    )


def _take_description(octets: bytes, at: int, depth: int) -> tuple[TypeDescription, int]:
    kind = _TYPES.get(octets[at]) if at < len(octets) else None
    if kind is None or kind is DataType.COMPACT_ARRAY or depth == 0:
        raise WireError("compact-array", at, "expected the type of an element, not nested too deep")
    at += 1
    if kind is DataType.ARRAY:
        count = octets[at : at + 2]
        if len(count) < 2:
            raise WireError("compact-array", at, "expected a count of two octets")
        part, at = _take_description(octets, at + 2, depth - 1)
        return TypeDescription(kind, (part,), int.from_bytes(count, "big")), at
    if kind is not DataType.STRUCTURE:
        return TypeDescription(kind), at
    size, at = take_length(octets, at, "compact-array")
    parts = []
    for _ in range(size):
        part, at = _take_description(octets, at, depth - 1)
        parts.append(part)
    return TypeDescription(kind, tuple(parts)), at


def _leaves(description: TypeDescription) -> int:
    """How many values an element holds, itself included."""
    inside = sum(_leaves(part) for part in description.parts)
    return 1 + inside * (description.repeats if description.type is DataType.ARRAY else 1)


def _takes_octets(description: TypeDescription) -> bool:
    """Whether every element has at least one octet."""
    if description.type is DataType.ARRAY:
        return description.repeats > 0 and _takes_octets(description.parts[0])
    if description.type is DataType.STRUCTURE:
        return any(_takes_octets(part) for part in description.parts)
    return description.type not in EMPTY


def _take_element(description: TypeDescription, octets: bytes, at: int) -> tuple[Data, int]:
    kind = description.type
    if kind is DataType.STRUCTURE:
        parts = description.parts
    elif kind is DataType.ARRAY:
        parts = description.parts * description.repeats
    else:
        value, at = take_scalar(kind, octets, at)
        return Data(kind, value), at
    taken = []
    for part in parts:
        element, at = _take_element(part, octets, at)
        taken.append(element)
    return Data(kind, tuple(taken)), at


def _description_octets(description: TypeDescription) -> bytes:
    head = bytes((description.type,))
    if description.type is DataType.ARRAY:
        head += description.repeats.to_bytes(2, "big")
    elif description.type is DataType.STRUCTURE:
        head += encode_length(len(description.parts))
    return head + b"".join(_description_octets(part) for part in description.parts)


def _element_octets(description: TypeDescription, element: Data) -> bytes:
    kind, value = element
    if kind is not description.type:
        raise LocalError(f"{kind.words} in a compact array of {description.type.words}")
    if kind not in (DataType.ARRAY, DataType.STRUCTURE):
        return scalar_octets(kind, value)
    parts = description.parts * (description.repeats if kind is DataType.ARRAY else 1)
    if not isinstance(value, tuple) or len(value) != len(parts):
        raise LocalError(f"compact array element {value!r}, described with {len(parts)} parts")
    return b"".join(
        _element_octets(part, each)
        for part, each in zip(parts, value, strict=True)
        if isinstance(each, Data)
    )
