from enum import IntEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.wire.bit_groups import Apart, Together, width
from emulator.wire.codecs import Bits, OpenEnum, UInt
from emulator.wire.plan import FieldPlan


class Side(IntEnum):
    LEFT = 0
    RIGHT = 1


class Colour(OpenEnum):
    RED = 1


PLANS = (
    FieldPlan("side", Bits(2), Side, None),
    FieldPlan("open", Bits(1), bool, None),
    FieldPlan("colour", Bits(4), Colour, None),
    FieldPlan("level", Bits(9), None, None),
)
PLAIN = (FieldPlan("low", Bits(12), None, None), FieldPlan("high", Bits(20), None, None))


def test_an_integer_is_taken_apart_from_its_least_significant_bit() -> None:
    values = Apart("Frame", PLANS, 2).work_out(0b110010110_0001_1_01, 0)

    assert values == (Side.RIGHT, True, Colour.RED, 0b110010110)
    assert [type(value) for value in values] == [Side, bool, Colour, int]


def test_values_are_put_together_the_same_way() -> None:
    assert Together(PLANS, 2)[Side.RIGHT, True, Colour.RED, 0b110010110] == 0b110010110_0001_1_01


@given(st.integers(0, 2**32 - 1))
def test_what_is_taken_apart_goes_together_again(shared: int) -> None:
    assert Together(PLAIN, 4)[Apart("Frame", PLAIN, 4).work_out(shared, 0)] == shared


def test_a_code_that_a_closed_enumeration_does_not_list_is_a_fault_and_not_kept() -> None:
    apart = Apart("Frame", PLANS, 2)

    with pytest.raises(WireError) as raised:
        apart.work_out(0b10, 7)

    assert str(raised.value) == "Frame.side at byte 7: 2 is no Side"
    assert apart == {}


def test_a_group_of_one_octet_is_kept() -> None:
    apart, together = Apart("Frame", PLANS[:3], 1), Together(PLANS[:3], 1)

    apart.work_out(0b0001_1_01, 0)

    assert together[Side.RIGHT, True, Colour.RED] == 0b0001_1_01
    assert (len(apart), len(together)) == (1, 1)


def test_small_groups_are_kept_and_large_ones_are_not() -> None:
    small, large = Apart("Frame", PLANS, 2), Apart("Frame", PLAIN, 4)
    small_together, large_together = Together(PLANS, 2), Together(PLAIN, 4)

    small.work_out(1, 0)
    large.work_out(1, 0)
    together = (small_together[Side.RIGHT, False, Colour(0), 0], large_together[1, 0])

    assert together == (1, 1)
    assert (len(small), len(large)) == (1, 0)
    assert (len(small_together), len(large_together)) == (1, 0)


@pytest.mark.parametrize("value", [512, -1])
def test_a_value_wider_than_its_field_is_refused_and_not_kept(value: int) -> None:
    together = Together(PLANS, 2)

    with pytest.raises(ValueError, match=f"{value} in 9 bits"):
        together[Side.LEFT, False, Colour.RED, value]

    assert together == {}


def test_a_field_that_is_no_bits_has_no_width() -> None:
    assert width(PLANS[3]) == 9
    assert width(FieldPlan("number", UInt(1), None, None)) == 0
