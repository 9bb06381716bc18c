"""Values without parts: their octets after the tag, both ways (IEC 62056-5-3 8, Data)."""

from typing import Final

from emulator.dlms.data import BitString, Value
from emulator.dlms.data_types import FIXED, NUMBERS, DataType
from emulator.dlms.lengths import encode_length, take_length
from emulator.kernel.errors import LocalError, WireError

EMPTY: Final = frozenset((DataType.NULL_DATA, DataType.DONT_CARE))
"""Types whose tag says everything."""


def take_scalar(kind: DataType, octets: bytes, at: int) -> tuple[Value, int]:
    """The value of a type without parts that starts at `at`, and the offset after it.

    Raises:
        WireError: when the octets end inside it.
    """
    number = NUMBERS.get(kind)
    if number is not None:
        width, signed = number
        taken = _take(octets, at, width, kind)
        return int.from_bytes(taken, "big", signed=signed), at + width
    if kind in EMPTY:
        return None, at
    if kind is DataType.BIT_STRING:
        length, start = take_length(octets, at, kind.words)
        taken = _take(octets, start, (length + 7) // 8, kind)
        return BitString(length, taken), start + len(taken)
    if kind in FIXED:
        return _take(octets, at, FIXED[kind], kind), at + FIXED[kind]
    length, start = take_length(octets, at, kind.words)
    return _string(kind, _take(octets, start, length, kind)), start + length


def _take(octets: bytes, at: int, width: int, kind: DataType) -> bytes:
    taken = octets[at : at + width]
    if len(taken) < width:
        raise WireError(kind.words, at, f"needs {width} octets, found {len(taken)}")
    return taken


def _string(kind: DataType, octets: bytes) -> str | bytes:
    """Text where the type is text; octets that are no text of their kind survive in it."""
    if kind is DataType.VISIBLE_STRING:
        return octets.decode("latin-1")
    if kind is DataType.UTF8_STRING:
        return octets.decode("utf-8", "surrogateescape")
    return octets


def scalar_octets(kind: DataType, value: Value) -> bytes:
    """The octets of a value without parts, without its tag.

    Raises:
        LocalError: when the value is not of the type, or does not fit it.
    """
    if kind in NUMBERS and isinstance(value, int):
        return _number_octets(kind, value)
    if kind in EMPTY and value is None:
        return b""
    if kind is DataType.BIT_STRING and isinstance(value, BitString):
        return _bit_string_octets(value)
    if kind in FIXED and isinstance(value, bytes) and len(value) == FIXED[kind]:
        return value
    if kind is DataType.OCTET_STRING and isinstance(value, bytes):
        return encode_length(len(value)) + value
    if kind in (DataType.VISIBLE_STRING, DataType.UTF8_STRING) and isinstance(value, str):
        return _text_octets(kind, value)
    raise LocalError(f"{value!r} is no value of type {kind.words}")


def _number_octets(kind: DataType, value: int) -> bytes:
    width, signed = NUMBERS[kind]
    try:
        return value.to_bytes(width, "big", signed=signed)
    except OverflowError:
        raise LocalError(f"{value} does not fit {kind.words}") from None


def _bit_string_octets(value: BitString) -> bytes:
    if len(value.octets) != (value.length + 7) // 8:
        raise LocalError(f"{value.length} bits in {len(value.octets)} octets")
    return encode_length(value.length) + value.octets


def _text_octets(kind: DataType, value: str) -> bytes:
    try:
        if kind is DataType.VISIBLE_STRING:
            octets = value.encode("latin-1")
        else:
            octets = value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise LocalError(f"{value!r} is no {kind.words}") from None
    return encode_length(len(octets)) + octets
