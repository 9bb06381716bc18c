from typing import Annotated, Any

import pytest

from emulator.kernel.errors import LocalError
from emulator.wire.codecs import (
    I8,
    U8,
    U16,
    U24,
    Bits,
    Fixed,
    Flag,
    Many,
    Prefixed,
    Remaining,
    UInt,
    When,
)
from emulator.wire.struct import Struct


class Inner(Struct):
    number: U8


class Whole(Struct):
    open: Flag
    level: Annotated[int, Bits(7)]
    signed: I8
    wide: U24
    key: Annotated[bytes, Fixed(4)]
    maybe: Annotated[int | None, UInt(2), When(lambda value: value.open)]
    odd_key: Annotated[bytes | None, Fixed(3), When(lambda value: value.open)]
    text: Annotated[bytes, Prefixed(1)]
    counted: Annotated[tuple[int, ...], Many(UInt(2), count=lambda value: value.level)]
    prefixed: Annotated[tuple[Inner, ...], Many(Inner, prefix=1)]
    inner: Inner
    rest: Remaining


FITTING: dict[str, Any] = {
    "open": True,
    "level": 2,
    "signed": -1,
    "wide": 0x030201,
    "key": bytes(4),
    "maybe": 0x1234,
    "odd_key": b"abc",
    "text": b"hi",
    "counted": (1, 2),
    "prefixed": (Inner(7),),
    "inner": Inner(9),
    "rest": b"!",
}


def test_each_field_stands_where_it_is_declared() -> None:
    octets = Whole(**FITTING).encode()

    assert octets.hex(" ") == bytes.fromhex(
        "05"  # open, level
        "ff"  # signed
        "010203"  # wide
        "00000000"  # key
        "3412"  # maybe
        "616263"  # odd_key
        "02 6869"  # text
        "0100 0200"  # counted
        "01 07"  # prefixed
        "09"  # inner
        "21"  # rest
    ).hex(" ")


@pytest.mark.parametrize(
    ("field", "given", "reason"),
    [
        ("level", 128, "128 is outside 0 to 127"),
        ("level", -1, "-1 is outside 0 to 127"),
        ("level", "2", "'2' is no number"),
        ("signed", 128, "128 is outside -128 to 127"),
        ("wide", 1 << 24, "16777216 is outside 0 to 16777215"),
        ("wide", None, "missing, though the fields before it call for it"),
        ("key", bytes(5), "5 octets, not 4"),
        ("key", 4, "4 is not octets"),
        ("odd_key", b"ab", "2 octets, not 3"),
        ("maybe", None, "missing, though the fields before it call for it"),
        ("text", bytes(256), "256 octets do not fit a count of 1 octets"),
        ("text", "hi", "'hi' is not octets"),
        ("counted", (1, 2, 3), "3 items where the fields before it say 2"),
        ("inner", None, "missing, though the fields before it call for it"),
        ("rest", None, "missing, though the fields before it call for it"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(
    field: str, given: object, reason: str
) -> None:
    value = Whole(**FITTING | {field: given})

    with pytest.raises(LocalError) as raised:
        value.encode()

    assert str(raised.value) == f"Whole.{field}: {reason}"


@pytest.mark.parametrize(
    ("field", "given"),
    [("counted", 5), ("counted", (1, -1)), ("prefixed", 5), ("prefixed", (3,)), ("inner", 5)],
)
def test_a_value_of_another_kind_is_refused(field: str, given: object) -> None:
    value = Whole(**FITTING | {field: given})

    with pytest.raises(LocalError, match="Whole"):
        value.encode()


def test_an_optional_value_that_is_ruled_out_is_refused() -> None:
    value = Whole(**FITTING | {"open": False, "odd_key": None})

    with pytest.raises(LocalError) as raised:
        value.encode()

    assert str(raised.value) == "Whole.maybe: 4660 where the fields before it rule it out"


def test_a_condition_that_cannot_be_asked_is_refused_by_name() -> None:
    class Deep(Struct):
        inner: Inner
        maybe: Annotated[int | None, UInt(1), When(lambda value: value.inner.number)]

    value = Deep(None, 1)  # type: ignore[arg-type]  # what this test is about

    with pytest.raises(LocalError, match=r"Deep\.inner: missing"):
        value.encode()


def test_a_nested_value_that_does_not_fit_says_where() -> None:
    value = Whole(**FITTING | {"inner": Inner(300)})

    with pytest.raises(LocalError) as raised:
        value.encode()

    assert str(raised.value) == "Inner.number: 300 is outside 0 to 255"


def test_octets_of_any_bytes_like_kind_give_bytes() -> None:
    class Body(Struct):
        head: U16
        body: Remaining

    assert type(Body(1, b"ab").encode()) is bytes
