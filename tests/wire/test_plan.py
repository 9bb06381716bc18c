from enum import Enum
from typing import Annotated, ClassVar

import pytest

from emulator.kernel.errors import LocalError
from emulator.wire.codecs import U8, U16, Bits, Flag, Many, OpenEnum, Remaining, UInt, When
from emulator.wire.plan import FieldPlan, Nested
from emulator.wire.struct import Struct


class Inner(Struct):
    number: U8


class Colour(OpenEnum):
    RED = 1


class Letter(Enum):
    A = "a"


def test_each_field_is_planned_in_order() -> None:
    class Planned(Struct):
        kind: ClassVar[str] = "planned"
        colour: Annotated[Colour, UInt(1)]
        open: Flag
        spare: Annotated[int, Bits(7)]
        inner: Inner

    assert Planned.plan == (
        FieldPlan("colour", UInt(1), Colour, None),
        FieldPlan("open", Bits(1), bool, None),
        FieldPlan("spare", Bits(7), None, None),
        FieldPlan("inner", Nested(Inner), None, None),
    )


def test_an_optional_field_keeps_its_condition() -> None:
    condition = When(lambda value: value.first)

    class Optional(Struct):
        first: U8
        second: Annotated[U16 | None, condition]
        third: Annotated[Inner | None, condition]

    assert Optional.plan[1] == FieldPlan("second", UInt(2), None, condition.present)
    assert Optional.plan[2] == FieldPlan("third", Nested(Inner), None, condition.present)


def test_a_field_without_a_codec_is_refused() -> None:
    with pytest.raises(LocalError, match=r"Bare\.number: no codec in"):

        class Bare(Struct):
            number: int


def test_bits_that_fill_no_octet_are_refused_at_the_end() -> None:
    with pytest.raises(LocalError, match="Loose: 3 bits fill no octet"):

        class Loose(Struct):
            three: Annotated[int, Bits(3)]


def test_bits_that_fill_no_octet_are_refused_before_another_field() -> None:
    with pytest.raises(LocalError, match=r"Loose\.number: 3 bits before it fill no octet"):

        class Loose(Struct):
            three: Annotated[int, Bits(3)]
            number: U8


def test_bits_with_a_condition_are_refused() -> None:
    with pytest.raises(LocalError, match=r"Loose\.eight: bits stand without a condition"):

        class Loose(Struct):
            eight: Annotated[int | None, Bits(8), When(lambda value: value)]


def test_an_enumeration_without_numbers_is_refused() -> None:
    with pytest.raises(LocalError, match=r"Lettered\.letter: Letter has no whole-number codes"):

        class Lettered(Struct):
            letter: Annotated[Letter, UInt(1)]


def test_a_field_after_the_rest_is_refused() -> None:
    with pytest.raises(LocalError, match=r"Greedy\.rest: nothing is left for the next field"):

        class Greedy(Struct):
            rest: Remaining
            number: U8


def test_a_field_after_items_up_to_the_end_is_refused() -> None:
    with pytest.raises(LocalError, match=r"Greedy\.items: nothing is left"):

        class Greedy(Struct):
            items: Annotated[tuple[int, ...], Many(UInt(2))]
            number: U8


def test_a_field_after_a_value_that_takes_the_rest_is_refused() -> None:
    class Tail(Struct):
        rest: Remaining

    with pytest.raises(LocalError, match=r"Greedy\.tail: nothing is left"):

        class Greedy(Struct):
            tail: Tail
            number: U8


def test_a_rest_under_a_condition_may_stand_before_another_field() -> None:
    class Either(Struct):
        open: U8
        clear: Annotated[bytes | None, *_REST, When(lambda value: value.open)]
        number: Annotated[int | None, UInt(1), When(lambda value: not value.open)]

    assert Either.decode(bytes.fromhex("00 07")) == Either(0, None, 7)
    assert Either.decode(bytes.fromhex("01 aabb")) == Either(1, bytes.fromhex("aabb"), None)


_REST = Remaining.__metadata__  # type: ignore[attr-defined]  # the codec inside the name
