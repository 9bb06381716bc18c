from enum import IntEnum
from typing import Annotated, Any

import pytest

from emulator.kernel.errors import WireError
from emulator.wire.codecs import (
    I24,
    U8,
    U16,
    Bits,
    Fixed,
    Flag,
    Many,
    OpenEnum,
    Prefixed,
    Remaining,
    Told,
    UInt,
    When,
)
from emulator.wire.struct import Struct


class Side(IntEnum):
    LEFT = 0
    RIGHT = 1


class Status(OpenEnum):
    SUCCESS = 0


class Item(Struct):
    number: U16


class Nothing(Struct):
    head: Annotated[int | None, UInt(1), When(lambda _: False)] = None


class Many3(Struct):
    count: U8
    items: Annotated[tuple[Item, ...], Many(Item, count=lambda value: value.count - 1)]


def test_an_unlisted_code_of_a_closed_enumeration_is_a_fault_at_its_octet() -> None:
    class Sided(Struct):
        head: U16
        side: Annotated[Side, UInt(1)]

    with pytest.raises(WireError) as raised:
        Sided.decode(bytes.fromhex("0000 07"))

    assert str(raised.value) == "Sided.side at byte 2: 7 is no Side"


def test_an_unlisted_code_of_an_open_enumeration_is_kept() -> None:
    class Answer(Struct):
        status: Annotated[Status, UInt(1)]

    answer = Answer.decode(b"\x86")

    assert answer.status.name == "unknown(0x86)"
    assert answer.encode() == b"\x86"


def test_bits_are_read_from_the_least_significant() -> None:
    class Control(Struct):
        kind: Annotated[Side, Bits(3)]
        open: Flag
        level: Annotated[int, Bits(12)]

    control = Control.decode(bytes.fromhex("79 AB"))

    assert control == Control(Side.RIGHT, open=True, level=0xAB7)


def test_a_signed_number_of_three_octets_is_signed() -> None:
    class Reading(Struct):
        value: I24

    assert Reading.decode(bytes.fromhex("FEFFFF")).value == -2


def test_octets_after_their_count_that_are_cut_off_are_a_fault() -> None:
    class Text(Struct):
        text: Annotated[bytes, Prefixed(2)]

    with pytest.raises(WireError) as raised:
        Text.decode(bytes.fromhex("0500 414243"))

    assert str(raised.value) == "Text.text at byte 2: 5 octets wanted, 3 left"


def test_a_conditional_field_of_fixed_size_that_is_cut_off_is_a_fault() -> None:
    class Maybe(Struct):
        here: U8
        key: Annotated[bytes | None, Fixed(3), When(lambda value: value.here)]
        number: Annotated[int | None, UInt(2), When(lambda value: value.here)]

    with pytest.raises(WireError, match=r"Maybe\.key at byte 1: 3 octets wanted, 2 left"):
        Maybe.decode(bytes.fromhex("01 aabb"))
    with pytest.raises(WireError, match=r"Maybe\.number at byte 4: 2 octets wanted, 1 left"):
        Maybe.decode(bytes.fromhex("01 aabbcc 00"))


def test_the_item_that_is_cut_off_is_named_by_its_place() -> None:
    with pytest.raises(WireError) as raised:
        Many3.decode(bytes.fromhex("04 0100 0200 03"))

    assert raised.value.path == "Many3.items[2].number"
    assert raised.value.offset == 5


def test_a_count_below_zero_is_a_fault_not_an_invitation() -> None:
    with pytest.raises(WireError) as raised:
        Many3.decode(bytes.fromhex("00 0100"))

    assert str(raised.value) == "Many3.items at byte 1: -1 items"


def test_items_without_octets_do_not_loop_for_ever() -> None:
    class Endless(Struct):
        items: Annotated[tuple[Nothing, ...], Many(Nothing, prefix=4)]

    with pytest.raises(WireError) as raised:
        Endless.decode(bytes.fromhex("ffffffff"))

    assert str(raised.value) == "Endless.items at byte 4: an item without octets"


def test_an_integer_item_that_is_cut_off_is_named_by_its_place() -> None:
    class Numbers(Struct):
        numbers: Annotated[tuple[int, ...], Many(UInt(2))]

    with pytest.raises(WireError) as raised:
        Numbers.decode(bytes.fromhex("0100 02"))

    assert str(raised.value) == "Numbers.numbers[1] at byte 2: 2 octets wanted, 1 left"


def _take(value: Any, data: bytes, at: int, end: int) -> tuple[str, int]:
    if end - at < value.size:
        raise WireError("Text", at, "cut off")
    return data[at : at + value.size].decode("latin-1"), at + value.size


class Spoken(Struct):
    size: U8
    text: Annotated[str, Told(_take, lambda _, text: text.encode("latin-1"))]
    rest: Remaining = b""


def test_a_told_value_is_read_as_the_fields_before_it_say() -> None:
    value = Spoken.decode(bytes.fromhex("02 4142 43"))

    assert value == Spoken(2, "AB", b"C")
    assert value.encode() == bytes.fromhex("02 4142 43")


def test_a_fault_in_a_told_value_is_named_from_the_outside() -> None:
    with pytest.raises(WireError) as raised:
        Spoken.decode(bytes.fromhex("05 4142"))

    assert str(raised.value) == "Spoken.text at byte 1: cut off"
