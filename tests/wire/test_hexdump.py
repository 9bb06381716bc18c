from typing import Annotated

from emulator.wire.codecs import U8, U16, Fixed, UInt, When
from emulator.wire.hexdump import annotate, hexdump
from emulator.wire.struct import Struct


class Inner(Struct):
    number: U16


class Frame(Struct):
    head: U8
    inner: Inner
    key: Annotated[bytes, Fixed(3)]


class Bare(Struct):
    maybe: Annotated[int | None, UInt(1), When(lambda _: False)] = None


def test_sixteen_octets_stand_on_a_line() -> None:
    assert hexdump(bytes(range(18))).splitlines() == [
        "0000  00  01  02  03  04  05  06  07  08  09  0a  0b  0c  0d  0e  0f",
        "0010  10  11",
    ]


def test_the_marked_octet_stands_in_brackets() -> None:
    assert hexdump(b"\x0a\x0b\x0c", mark=1) == "0000  0a [0b] 0c"


def test_nothing_gives_nothing() -> None:
    assert hexdump(b"") == ""


def test_each_field_is_shown_with_its_octets() -> None:
    assert annotate(Frame, bytes.fromhex("01 3412 aabbcc")).splitlines() == [
        "0000  head          01",
        "0001  inner.number  34 12",
        "0003  key           aa bb cc",
    ]


def test_what_is_left_over_is_shown() -> None:
    assert annotate(Frame, bytes.fromhex("01 3412 aabbcc dd")).splitlines()[-1] == (
        "0006  (left over)   dd"
    )


def test_a_fault_is_shown_above_the_marked_octet() -> None:
    assert annotate(Frame, bytes.fromhex("01 34")).splitlines() == [
        "Frame.inner.number at byte 1: 2 octets wanted, 1 left",
        "0000  01 [34]",
    ]


def test_a_value_without_octets_shows_only_what_is_left_over() -> None:
    assert annotate(Bare, b"") == ""
    assert annotate(Bare, b"\x01") == "0000  (left over)  01"
