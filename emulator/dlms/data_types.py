"""The types of DLMS data by tag, and the widths of the fixed ones (IEC 62056-6-2 4.1.5)."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final


class DataType(IntEnum):
    """What a value is; the tag before it on the wire."""

    NULL_DATA = 0
    ARRAY = 1
    STRUCTURE = 2
    BOOLEAN = 3
    BIT_STRING = 4
    DOUBLE_LONG = 5
    DOUBLE_LONG_UNSIGNED = 6
    OCTET_STRING = 9
    VISIBLE_STRING = 10
    UTF8_STRING = 12
    BCD = 13
    INTEGER = 15
    LONG = 16
    UNSIGNED = 17
    LONG_UNSIGNED = 18
    COMPACT_ARRAY = 19
    LONG64 = 20
    LONG64_UNSIGNED = 21
    ENUM = 22
    FLOAT32 = 23
    FLOAT64 = 24
    DATE_TIME = 25
    DATE = 26
    TIME = 27
    DONT_CARE = 255

    @property
    def words(self) -> str:
        """The specification's own spelling: `double-long-unsigned`."""
        return self.name.lower().replace("_", "-")


NUMBERS: Final[Mapping[DataType, tuple[int, bool]]] = MappingProxyType(
    {
        DataType.BOOLEAN: (1, False),
        DataType.DOUBLE_LONG: (4, True),
        DataType.DOUBLE_LONG_UNSIGNED: (4, False),
        DataType.BCD: (1, False),
        DataType.INTEGER: (1, True),
        DataType.LONG: (2, True),
        DataType.UNSIGNED: (1, False),
        DataType.LONG_UNSIGNED: (2, False),
        DataType.LONG64: (8, True),
        DataType.LONG64_UNSIGNED: (8, False),
        DataType.ENUM: (1, False),
    }
)
"""Octets and sign of each type that is a whole number."""

FIXED: Final[Mapping[DataType, int]] = MappingProxyType(
    {
        DataType.FLOAT32: 4,
        DataType.FLOAT64: 8,
        DataType.DATE_TIME: 12,
        DataType.DATE: 5,
        DataType.TIME: 4,
    }
)
"""Octets of each type that is kept as the octets it has."""
