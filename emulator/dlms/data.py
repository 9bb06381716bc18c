"""A value of DLMS data: its type, and what it holds (IEC 62056-5-3 8, Data).

Plain values are held so that the octets they came from can be made again: numbers as numbers,
strings as text, everything that people write in octets (octet strings, date-times, floats) as
octets.
"""

from typing import Final, NamedTuple, TypeAlias

from emulator.dlms.data_types import DataType


class BitString(NamedTuple):
    """Bits in the order sent; those after `length` in the last octet are kept as they came."""

    length: int
    octets: bytes

    @property
    def bits(self) -> str:
        """The bits as zeros and ones."""
        return "".join(f"{octet:08b}" for octet in self.octets)[: self.length]


class TypeDescription(NamedTuple):
    """What every element of a compact array is.

    Args:
        type: of the element.
        parts: the one element description of an array, or those of a structure's parts.
        repeats: number of elements of an array.
    """

    type: DataType
    parts: tuple["TypeDescription", ...] = ()
    repeats: int = 0


class CompactArray(NamedTuple):
    """Elements that share one description instead of a tag each."""

    description: TypeDescription
    elements: tuple["Data", ...]


class Data(NamedTuple):
    """One value with its type."""

    type: DataType
    value: "Value" = None


Value: TypeAlias = "int | bytes | str | tuple[Data, ...] | BitString | CompactArray | None"

NULL: Final = Data(DataType.NULL_DATA)
"""No data: the place of a value that is not sent."""


def structure(*parts: Data) -> Data:
    """A structure of these parts."""
    return Data(DataType.STRUCTURE, parts)


def array(*elements: Data) -> Data:
    """An array of these elements."""
    return Data(DataType.ARRAY, elements)


def octet_string(octets: bytes) -> Data:
    """An octet string."""
    return Data(DataType.OCTET_STRING, octets)


def unsigned(number: int) -> Data:
    """A number from 0 to 255."""
    return Data(DataType.UNSIGNED, number)


def long_unsigned(number: int) -> Data:
    """A number from 0 to 65535."""
    return Data(DataType.LONG_UNSIGNED, number)


def enumerated(number: int) -> Data:
    """A choice by its number."""
    return Data(DataType.ENUM, number)


def boolean(*, yes: bool) -> Data:
    """A truth value: 00 or 01."""
    return Data(DataType.BOOLEAN, int(yes))
