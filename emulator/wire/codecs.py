"""What a field of a `Struct` is on the wire, written inside `Annotated[...]`.

Integers are little-endian, as IEEE 802.15.4 and Zigbee send them, unless the codec says `BE`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Any, Literal, Self

from emulator.kernel.identity import Eui64


class OpenEnum(IntEnum):
    """Codes that the other side may extend: unknown ones decode and print as `unknown(0x..)`."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or value < 0:
            return None
        member = int.__new__(cls, value)
        member._name_ = f"unknown({value:#04x})"
        member._value_ = value
        return member

    @property
    def known(self) -> bool:
        """Whether the code is one this project has a name for."""
        return self.value in type(self)._value2member_map_


@dataclass(frozen=True, slots=True)
class UInt:
    """An unsigned integer of `size` octets."""

    size: int
    order: Literal["little", "big"] = "little"
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Bits:
    """`width` bits of an integer shared with the neighbouring `Bits`, least significant first.

    A group of neighbours fills whole octets and is sent little-endian.
    """

    width: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """Exactly `size` octets."""

    size: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Every octet up to the end; only as the last field."""


@dataclass(frozen=True, slots=True)
class Prefixed:
    """Octets preceded by their count in `size` octets."""

    size: int = 1


@dataclass(frozen=True, slots=True)
class Many:
    """A tuple of items, preceded by their count, counted by an earlier field, or up to the end.

    Args:
        item: a `Struct` class, or an integer codec.
        prefix: size in octets of the count before the items; 0 when there is none.
        count: number of items, told by the fields before; None with a prefix or up to the end.
    """

    item: Any
    prefix: int = 0
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The field is there only when `present`, told by the fields before it, is true; else None."""

    present: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Told:
    """A value whose format the fields before it tell, such as a value of a type named there.

    Args:
        take: from the struct so far, the octets, where the value starts and where they end:
            the value, and the octet after it; raises `WireError` when there is no such value.
        put: from the whole struct and the value, its octets; raises `LocalError` on a misfit.
    """

    take: Callable[[Any, bytes, int, int], tuple[Any, int]]
    put: Callable[[Any, Any], bytes]


U8 = Annotated[int, UInt(1)]
U16 = Annotated[int, UInt(2)]
U24 = Annotated[int, UInt(3)]
U32 = Annotated[int, UInt(4)]
U40 = Annotated[int, UInt(5)]
U48 = Annotated[int, UInt(6)]
U56 = Annotated[int, UInt(7)]
U64 = Annotated[int, UInt(8)]
I8 = Annotated[int, UInt(1, signed=True)]
I16 = Annotated[int, UInt(2, signed=True)]
I24 = Annotated[int, UInt(3, signed=True)]
I32 = Annotated[int, UInt(4, signed=True)]
U16BE = Annotated[int, UInt(2, "big")]
U32BE = Annotated[int, UInt(4, "big")]
U64BE = Annotated[int, UInt(8, "big")]
Flag = Annotated[bool, Bits(1)]
Eui64Field = Annotated[Eui64, UInt(8)]
Key128 = Annotated[bytes, Fixed(16)]
Remaining = Annotated[bytes, Rest()]
