"""Packed unsigned integers: seven bits an octet, least significant first (Spinel draft 3.2)."""

from typing import Any, Final

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.codecs import Told

_MORE: Final = 0x80
_LONGEST: Final = 5
"""Octets: the reference implementation stops at 35 bits."""


def packed(value: int) -> bytes:
    """The octets of a packed unsigned integer.

    Raises:
        LocalError: when it is negative, or longer than 32 bits.
    """
    if not 0 <= value < 1 << 32:
        raise LocalError(f"{value} is no packed unsigned integer of up to 32 bits")
    octets = bytearray()
    while value >= _MORE:
        octets.append(value & 0x7F | _MORE)
        value >>= 7
    octets.append(value)
    return bytes(octets)


def take_packed(data: bytes, at: int, end: int, path: str = "packed") -> tuple[int, int]:
    """The packed unsigned integer at `at`, and the octet after it.

    Raises:
        WireError: when it is cut off or longer than 32 bits.
    """
    value = 0
    for place in range(_LONGEST):
        if at + place >= end:
            raise WireError(path, at + place, "packed integer is cut off")
        octet = data[at + place]
        value |= (octet & 0x7F) << 7 * place
        if not octet & _MORE:
            if value >= 1 << 32:
                break
            return value, at + place + 1
    raise WireError(path, at, "packed integer of more than 32 bits")


def _take(_struct: Any, data: bytes, at: int, end: int) -> tuple[int, int]:
    return take_packed(data, at, end)


def _put(_struct: Any, value: Any) -> bytes:
    return packed(value)


PACKED: Final = Told(_take, _put)
"""A packed unsigned integer as a field of a `Struct`."""
