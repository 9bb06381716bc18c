from dataclasses import FrozenInstanceError, replace
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.codecs import U8, U16, Bits, Flag, Many, Prefixed, Remaining, UInt, When
from emulator.wire.plan import Span
from emulator.wire.struct import Struct


class Control(Struct):
    open: Flag
    spare: Annotated[int, Bits(7)]


class Frame(Struct):
    control: Control
    address: Annotated[int | None, UInt(2), When(lambda frame: frame.control.open)] = None
    text: Annotated[bytes, Prefixed()] = b""
    items: Annotated[tuple[int, ...], Many(UInt(1), prefix=1)] = ()
    rest: Remaining = b""


OCTETS = bytes.fromhex(
    "01"  # control: open
    "3412"  # address
    "02 6869"  # text
    "01 07"  # items
    "ff"  # rest
)


def test_a_value_is_compared_hashed_and_printed_by_its_fields() -> None:
    frame = Frame.decode(OCTETS)
    same = Frame(Control(open=True, spare=0), 0x1234, b"hi", (7,), b"\xff")

    assert frame == same
    assert hash(frame) == hash(same)
    assert repr(frame).startswith("Frame(control=Control(open=True, spare=0), address=4660")


def test_a_value_does_not_change() -> None:
    frame = Frame.decode(OCTETS)

    with pytest.raises(FrozenInstanceError):
        frame.address = 1  # type: ignore[misc]  # what this test is about
    assert replace(frame, address=1).address == 1


def test_defaults_are_the_declared_ones() -> None:
    frame = Frame(Control(open=False, spare=0))

    assert frame.encode() == bytes.fromhex("00 00 00")


def test_what_is_left_over_is_a_fault() -> None:
    with pytest.raises(WireError) as raised:
        Control.decode(bytes.fromhex("00 1122"))

    assert str(raised.value) == "Control at byte 1: 2 octets left over"


def test_take_says_where_the_value_ended() -> None:
    value, after = Control.take(bytes.fromhex("ff 81 ff"), 1)

    assert value == Control(open=True, spare=0x40)
    assert after == 2


def test_layout_says_which_octets_each_field_occupies() -> None:
    assert Frame.layout(OCTETS) == (
        Span("control.open", 0, 1),
        Span("control.spare", 0, 1),
        Span("address", 1, 3),
        Span("text", 3, 6),
        Span("items", 6, 8),
        Span("rest", 8, 9),
    )


def test_layout_leaves_out_what_is_not_there() -> None:
    assert [span.path for span in Frame.layout(bytes.fromhex("00 00 00"))] == [
        "control.open",
        "control.spare",
        "text",
        "items",
        "rest",
    ]


def test_layout_of_what_is_cut_off_is_a_fault() -> None:
    with pytest.raises(WireError, match=r"Frame\.control\.open at byte 0"):
        Frame.layout(b"")


@given(st.binary(max_size=12))
def test_layout_and_decode_agree_on_what_is_a_value(data: bytes) -> None:
    class Plain(Struct):
        head: U16
        text: Annotated[bytes, Prefixed()]
        last: U8

    try:
        value, after = Plain.take(data)
    except WireError:
        with pytest.raises(WireError):
            Plain.layout(data)
    else:
        assert Plain.layout(data)[-1].end == after
        assert value.encode() == data[:after]


def test_the_base_declares_no_format() -> None:
    with pytest.raises(LocalError, match="Struct declares no format"):
        Struct().encode()


def test_a_format_without_fields_has_no_octets() -> None:
    class Empty(Struct):
        """Nothing at all."""

    assert Empty().encode() == b""
    assert Empty.decode(b"") == Empty()


def test_a_value_of_another_format_with_equal_fields_is_another_value() -> None:
    class Twin(Struct):
        open: Flag
        spare: Annotated[int, Bits(7)]

    twin = Twin(open=True, spare=0)

    assert twin != Control(open=True, spare=0)
    assert twin != (True, 0)


def test_a_value_decoded_before_any_was_made_is_the_same_as_one_made() -> None:
    class Fresh(Struct):
        head: U8
        inner: Control

    decoded = Fresh.decode(bytes.fromhex("05 81"))

    assert decoded == Fresh(5, Control(open=True, spare=0x40))
    assert hash(decoded) == hash(Fresh(5, Control(open=True, spare=0x40)))


def test_a_value_encodes_however_it_was_reached_first() -> None:
    class Late(Struct):
        head: U8

    encode, take, layout = Late.encode, Late.take, Late.layout

    assert layout(b"\x07") == (Span("head", 0, 1),)
    assert take(b"\x07") == (Late(7), 1)
    assert encode(Late(7)) == b"\x07"
    assert take(b"\x08") == (Late(8), 1)


def test_no_field_of_a_value_is_taken_away() -> None:
    frame = Frame.decode(OCTETS)

    with pytest.raises(FrozenInstanceError, match="cannot delete field 'rest'"):
        del frame.rest


def test_a_format_is_not_declared_on_top_of_another() -> None:
    with pytest.raises(LocalError, match="More: a format is declared whole"):

        class More(Control):
            last: U8
