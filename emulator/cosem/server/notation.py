"""Values of DLMS data as lists that JSON can hold: `["structure", ["integer", -5], ["enum", 254]]`.

The first item names the type in the specification's words. Octets are hexadecimal. A bit string
gives its length and, unless all its bits are 0, its octets. A compact array gives what its elements
are, in the same way; an array in it gives the element and how often it repeats.
"""

from collections.abc import Sequence
from typing import Final

from emulator.dlms.data import BitString, CompactArray, Data, TypeDescription
from emulator.dlms.data_types import NUMBERS, DataType
from emulator.kernel.errors import UsageError

_TYPES: Final = {kind.words: kind for kind in DataType}
_TEXT: Final = (DataType.VISIBLE_STRING, DataType.UTF8_STRING)
_NESTED: Final = (DataType.ARRAY, DataType.STRUCTURE)
_OCTET: Final = 8


def data_from_notation(notation: object) -> Data:
    """The value that a list stands for.

    Raises:
        UsageError: when it stands for none.
    """
    kind, rest = _typed(notation)
    if kind in _NESTED:
        return Data(kind, tuple(data_from_notation(part) for part in rest))
    if kind is DataType.NULL_DATA:
        return Data(kind)
    if kind is DataType.BIT_STRING:
        return Data(kind, _bit_string(rest))
    if not rest:
        raise UsageError(f"{notation!r}: expected a value after the type")
    given = rest[0]
    if kind is DataType.COMPACT_ARRAY:
        return Data(kind, CompactArray(_description(given), ()))
    if kind in NUMBERS and isinstance(given, int):
        return Data(kind, given)
    if isinstance(given, str):
        return Data(kind, given if kind in _TEXT else _octets(given))
    raise UsageError(f"{notation!r}: the value does not go with the type")


def _typed(notation: object) -> tuple[DataType, Sequence[object]]:
    if not isinstance(notation, list) or not notation or notation[0] not in _TYPES:
        raise UsageError(f"{notation!r}: expected a list that starts with a type")
    return _TYPES[notation[0]], notation[1:]


def _octets(given: str) -> bytes:
    try:
        return bytes.fromhex(given)
    except ValueError:
        raise UsageError(f"{given!r}: expected octets in hexadecimal") from None


def _bit_string(rest: Sequence[object]) -> BitString:
    if not rest or not isinstance(rest[0], int) or rest[0] < 0:
        raise UsageError(f"bit string {list(rest)!r}: expected a length")
    length = rest[0]
    width = -(-length // _OCTET)
    if len(rest) == 1:
        return BitString(length, bytes(width))
    octets = _octets(str(rest[1]))
    if len(octets) != width:
        raise UsageError(f"bit string of {length} bits: expected {width} octets")
    return BitString(length, octets)


def _description(notation: object) -> TypeDescription:
    kind, rest = _typed(notation)
    if kind is not DataType.ARRAY:
        return TypeDescription(kind, tuple(_description(part) for part in rest))
    if len(rest) != 2 or not isinstance(rest[1], int):
        raise UsageError(f"{notation!r}: expected an element and how often it repeats")
    return TypeDescription(kind, (_description(rest[0]),), rest[1])
