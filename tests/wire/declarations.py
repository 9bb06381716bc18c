"""Formats drawn at random, to try what nobody would think of declaring."""

from enum import IntEnum
from types import new_class
from typing import Annotated, Any

from hypothesis import strategies as st

from emulator.wire.codecs import Bits, Fixed, Many, OpenEnum, Prefixed, Rest, UInt, When
from emulator.wire.struct import Struct


class Code(OpenEnum):
    """Codes of which only some are known."""

    NONE = 0
    ONE = 1
    MANY = 200


class Side(IntEnum):
    """Codes that are all known."""

    LEFT = 0
    RIGHT = 1


class Pair(Struct):
    """Two numbers."""

    left: Annotated[int, UInt(1)]
    right: Annotated[int, UInt(2, "big")]


class Tail(Struct):
    """A length and as many octets."""

    text: Annotated[bytes, Prefixed(1)]


_SIZES = st.integers(1, 8)
_INTEGERS = st.builds(UInt, _SIZES, st.sampled_from(["little", "big"]), st.booleans())
_BIT_GROUPS = st.sampled_from(
    [(8,), (1, 7), (3, 1, 1, 3), (4, 12), (2, 2, 4, 8), (5, 3, 16), (1, 31), (8, 24, 8), (4, 60)]
)


@st.composite
def declarations(draw: st.DrawFn) -> type[Struct]:
    """A new format of up to eight groups of fields."""
    hints: dict[str, Any] = {"first": Annotated[int, UInt(1)]}
    for index in range(draw(st.integers(0, 6))):
        hints |= draw(_group(f"f{index}"))
    if draw(st.booleans()):
        hints["rest"] = Annotated[bytes, Rest()]
    return new_class("Drawn", (Struct,), exec_body=lambda body: body.update(__annotations__=hints))


@st.composite
def _group(draw: st.DrawFn, name: str) -> dict[str, Any]:
    if draw(st.booleans()):
        return {
            f"{name}_{place}": Annotated[bool if width == 1 else int, Bits(width)]
            for place, width in enumerate(draw(_BIT_GROUPS))
        }
    kind, codec = draw(_kinds())
    if not draw(st.booleans()):
        return {name: kind if codec is None else Annotated[kind, codec]}
    bit = draw(st.integers(0, 7))
    condition = When(lambda value: value.first >> bit & 1)
    notes = (condition,) if codec is None else (codec, condition)
    return {name: Annotated.__class_getitem__((kind | None, *notes))}  # type: ignore[attr-defined]  # a hint made at run time


@st.composite
def _kinds(draw: st.DrawFn) -> tuple[Any, Any]:
    plain: list[tuple[Any, Any]] = [
        (int, draw(_INTEGERS)),
        (Code, UInt(1)),
        (Side, UInt(1)),
        (bytes, Fixed(draw(st.integers(0, 9)))),
        (bytes, Prefixed(draw(st.integers(1, 2)))),
        (tuple[int, ...], Many(draw(_INTEGERS), prefix=1)),
        (tuple[Pair, ...], Many(Pair, count=lambda value: value.first % 4)),
        (Pair, None),
        (Tail, None),
    ]
    return plain[draw(st.integers(0, len(plain) - 1))]
