"""Units of scaled values (IEC 62056-6-2 4.3.2, enumeration of units)."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

UNLISTED: Final = 254
NO_UNIT: Final = 255

UNITS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "years",
        2: "months",
        3: "weeks",
        4: "days",
        5: "h",
        6: "min",
        7: "s",
        9: "°C",
        10: "currency",
        13: "m³",
        27: "W",
        28: "VA",
        29: "var",
        30: "Wh",
        31: "VAh",
        32: "varh",
        33: "A",
        34: "C",
        35: "V",
        43: "K",
        44: "Hz",
        56: "%",
        UNLISTED: "other",
        NO_UNIT: "",
    }
)
"""Unit by its number; 254 stands for a unit not listed, 255 for none."""


def unit_name(number: int) -> str:
    """The unit of a number, or the number when it is not listed."""
    return UNITS.get(number, f"unit {number}")


def scaled(value: int, scaler: int, unit: int) -> str:
    """A value with its power of ten and its unit: 1234, -1 and 35 are `123.4 V`."""
    number = Decimal(value).scaleb(scaler)
    return f"{number:f} {unit_name(unit)}".rstrip()
