from enum import IntEnum
from typing import Annotated

from hypothesis import given
from hypothesis import strategies as st

from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.codecs import (
    I24,
    U8,
    U16,
    U16BE,
    Bits,
    Fixed,
    Flag,
    Many,
    OpenEnum,
    Prefixed,
    Remaining,
    UInt,
    When,
)
from emulator.wire.struct import Struct


class Colour(OpenEnum):
    RED = 1
    GREEN = 2


class Shape(IntEnum):
    ROUND = 0
    SQUARE = 1
    TOO_WIDE_FOR_TWO_BITS = 9


class Inner(Struct):
    colour: Annotated[Colour, UInt(1)]
    depth: I24


class Everything(Struct):
    shape: Annotated[Shape, Bits(2)]
    long: Flag
    spare: Annotated[int, Bits(5)]
    count: Annotated[int, UInt(1)]
    key: Annotated[bytes, Fixed(3)]
    extra: Annotated[int | None, UInt(2), When(lambda value: value.long)]
    inner: Inner
    text: Annotated[bytes, Prefixed()]
    counted: Annotated[tuple[int, ...], Many(UInt(2), count=lambda value: value.count)]
    prefixed: Annotated[tuple[Inner, ...], Many(Inner, prefix=1)]
    big: U16BE
    rest: Remaining


class UpToTheEnd(Struct):
    head: U8
    items: Annotated[tuple[int, ...], Many(UInt(2))]


@given(structs(Everything, count=st.integers(0, 5)))
def test_every_drawn_value_encodes_and_comes_back(value: Everything) -> None:
    assert Everything.decode(value.encode()) == value


@given(structs(UpToTheEnd))
def test_items_up_to_the_end_come_back(value: UpToTheEnd) -> None:
    assert UpToTheEnd.decode(value.encode()) == value


@given(structs(Everything, count=st.integers(0, 5)))
def test_what_is_drawn_hangs_together(value: Everything) -> None:
    assert (value.extra is not None) == value.long
    assert len(value.counted) == value.count
    assert value.shape in {Shape.ROUND, Shape.SQUARE}


@given(structs(UpToTheEnd, head=st.just(7)))
def test_a_field_can_be_drawn_otherwise(value: UpToTheEnd) -> None:
    assert value.head == 7


@given(any_octets())
def test_any_octets_are_octets(data: bytes) -> None:
    assert len(data) <= 160


def test_a_two_octet_field_never_draws_beyond_its_width() -> None:
    class Narrow(Struct):
        number: U16

    @given(structs(Narrow))
    def each(value: Narrow) -> None:
        assert 0 <= value.number <= 0xFFFF

    each()
