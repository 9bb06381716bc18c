from typing import Annotated

import pytest

from emulator.kernel.errors import LocalError
from emulator.wire.codecs import U8, U16, U16BE, U24, Bits, Fixed, UInt, When
from emulator.wire.plan import FieldPlan
from emulator.wire.runs import Run, runs
from emulator.wire.struct import Struct


def shape(declared: type[Struct]) -> list[str]:
    """The `struct` layout of each run, and the name of each field that stands alone."""
    return [
        part.layout.format if isinstance(part, Run) else part.name for part in runs(declared.plan)
    ]


def test_fields_of_fixed_size_share_one_call() -> None:
    class Three(Struct):
        one: U8
        two: U16
        key: Annotated[bytes, Fixed(16)]
        signed: Annotated[int, UInt(4, signed=True)]

    assert shape(Three) == ["<BH16si"]


def test_neighbouring_bits_share_one_integer() -> None:
    class Control(Struct):
        low: Annotated[int, Bits(3)]
        high: Annotated[int, Bits(13)]
        after: U8

    assert shape(Control) == ["<HB"]


def test_three_octets_of_bits_are_split_where_a_field_ends() -> None:
    class Wide(Struct):
        first: Annotated[int, Bits(8)]
        second: Annotated[int, Bits(4)]
        third: Annotated[int, Bits(12)]

    assert shape(Wide) == ["<BH"]
    assert Wide(0x11, 0x2, 0x345).encode() == bytes.fromhex("11 5234")


def test_byte_orders_do_not_share_a_call() -> None:
    class Mixed(Struct):
        little: U16
        big: U16BE

    assert shape(Mixed) == ["<H", ">H"]
    assert Mixed(0x1234, 0x1234).encode() == bytes.fromhex("3412 1234")


def test_sizes_without_a_letter_stand_alone() -> None:
    class Apart(Struct):
        three: U24
        last: U8

    assert shape(Apart) == ["three", "<B"]
    assert isinstance(runs(Apart.plan)[0], FieldPlan)


def test_neighbours_under_one_condition_share_a_call() -> None:
    here = When(lambda value: value.first)

    class Conditional(Struct):
        first: U8
        one: Annotated[U8 | None, here]
        two: Annotated[U16 | None, here]
        other: Annotated[U8 | None, When(lambda value: value.first)]

    assert shape(Conditional) == ["<B", "<BH", "<B"]
    assert Conditional.decode(b"\x00") == Conditional(0, None, None, None)
    assert Conditional.decode(bytes.fromhex("01 02 0300 04")) == Conditional(1, 2, 3, 4)


@pytest.mark.parametrize("given", [(0, 1, None), (0, None, 1), (1, None, 2)])
def test_fields_under_one_condition_are_there_together(given: tuple[int, int, int]) -> None:
    here = When(lambda value: value.first)

    class Together(Struct):
        first: U8
        one: Annotated[U8 | None, here]
        two: Annotated[U16 | None, here]

    with pytest.raises(LocalError, match=r"Together\.(one|two)"):
        Together(*given).encode()


def test_bits_that_no_integer_holds_are_refused() -> None:
    with pytest.raises(LocalError, match="low, middle, high: bits that share no integer"):

        class Straddling(Struct):
            low: Annotated[int, Bits(4)]
            middle: Annotated[int, Bits(8)]
            high: Annotated[int, Bits(12)]


def test_bits_that_no_integer_holds_are_refused_before_another_field() -> None:
    with pytest.raises(LocalError, match="low, high: bits that share no integer"):

        class Straddling(Struct):
            low: Annotated[int, Bits(4)]
            high: Annotated[int, Bits(20)]
            after: U8
