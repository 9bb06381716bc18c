"""Values of COSEM objects made from numbers, and numbers taken from values.

What a device measures is whole numbers; an object says in which types it shows them.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

from emulator.dlms.data import CompactArray, Data, TypeDescription
from emulator.dlms.data_types import NUMBERS, DataType

Numbers: TypeAlias = "int | bytes | Sequence[Numbers]"
"""A number, octets, or such values for the parts of a structure or the elements of an array."""
_NESTED: Final = (DataType.ARRAY, DataType.STRUCTURE)


def fitted(kind: DataType, number: int) -> int:
    """A number as a register of this type shows it: one that is full begins again at zero."""
    width, signed = NUMBERS[kind]
    span = 1 << 8 * width
    wrapped = number % span
    return wrapped - span if signed and wrapped >= span // 2 else wrapped


def described(description: TypeDescription, numbers: Numbers) -> Data:
    """The value that numbers make in the places that a description has.

    Args:
        description: of the value; an array in it says how many elements it has.
        numbers: for its parts, in order; elements of an array that are left out are zero.
    """
    kind = description.type
    if isinstance(numbers, int):
        return Data(kind, fitted(kind, numbers))
    if isinstance(numbers, bytes):
        return Data(kind, numbers)
    if kind is DataType.ARRAY:
        missing = description.repeats - len(numbers)
        elements = (*numbers, *(0,) * missing)
        return Data(kind, tuple(described(description.parts[0], each) for each in elements))
    parts = zip(description.parts, numbers, strict=True)
    return Data(kind, tuple(described(part, each) for part, each in parts))


def log_of(buffer: Data, entries: Sequence[Numbers]) -> Data:
    """A log with these entries, of the type that an empty one has.

    Args:
        buffer: the log as the object holds it.
        entries: numbers of each entry, oldest first.
    """
    if not isinstance(buffer.value, CompactArray):
        return buffer
    description = buffer.value.description
    elements = tuple(described(description, each) for each in entries)
    return Data(buffer.type, CompactArray(description, elements))


def appended(buffer: Data, entry: Numbers, limit: int) -> Data:
    """A log with one more entry; the oldest goes when there would be more than `limit`."""
    if not isinstance(buffer.value, CompactArray):
        return buffer
    description, elements = buffer.value
    kept = (*elements, described(description, entry))[-limit:]
    return Data(buffer.type, CompactArray(description, kept))


def parts_of(data: Data) -> tuple[Data, ...]:
    """The parts of a structure, or the elements of an array or log; none of anything else."""
    if isinstance(data.value, CompactArray):
        return data.value.elements
    if data.type not in _NESTED or not isinstance(data.value, tuple):
        return ()
    return tuple(part for part in data.value if isinstance(part, Data))


def number_of(data: Data) -> int:
    """The number in a value; 0 where there is none."""
    return data.value if isinstance(data.value, int) else 0


def octets_of(data: Data) -> bytes:
    """The octets in a value; none where it has none."""
    return data.value if isinstance(data.value, bytes) else b""
