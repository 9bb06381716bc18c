from enum import IntFlag
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.asn1.elements import (
    Element,
    GeneralizedTime,
    Integer,
    NamedBits,
    Null,
    OctetString,
    Whole,
    take,
)
from emulator.gbcs.asn1.tlv import Lengths, Reader
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.asn1_values import asn1_values
from emulator.wire.codecs import OpenEnum


class Colour(OpenEnum):
    RED = 0
    GREEN = 200


class Marks(IntFlag):
    FIRST = 0x80
    EIGHTH = 0x01


ELEMENTS: list[Element] = [
    Integer(),
    Integer(Colour),
    Integer(Colour, tag=0x0A),
    OctetString(),
    OctetString(8),
    NamedBits(Marks),
    Null(),
    GeneralizedTime(),
    Whole(),
]


def read(element: Element, octets: str) -> Any:
    reader = Reader(bytes.fromhex(octets))
    value, after = take(element, reader, 0, len(reader.octets))
    assert after == len(reader.octets)
    return value


@given(st.data())
def test_value_comes_back(data: st.DataObject) -> None:
    element = data.draw(st.sampled_from(ELEMENTS))
    value = data.draw(asn1_values(element))

    octets = element.write(value, Lengths.DER)

    assert take(element, Reader(octets), 0, len(octets)) == (value, len(octets))


@given(st.sampled_from(ELEMENTS), st.binary(max_size=30))
def test_any_content_gives_a_value_or_a_wire_error(element: Element, content: bytes) -> None:
    octets = bytes((element.tags[0], len(content))) + content
    assert decodes_or_refuses(element, octets)
    assert decodes_or_refuses(element, content)


def decodes_or_refuses(element: Element, octets: bytes) -> bool:
    try:
        _, after = take(element, Reader(octets), 0, len(octets))
    except WireError as refused:
        return 0 <= refused.offset <= len(octets)
    return after <= len(octets)


@pytest.mark.parametrize(
    ("element", "octets", "value"),
    [
        (Integer(), "02 01 00", 0),
        (Integer(), "02 01 80", -128),
        (Integer(), "02 02 0080", 128),
        (Integer(), "02 03 008F66", 0x8F66),
        (Integer(Colour, tag=0x0A), "0A 02 00C8", Colour.GREEN),
        (OctetString(8), "04 08 0102030405060708", bytes(range(1, 9))),
        (NamedBits(Marks), "03 02 07 80", Marks.FIRST),
        (NamedBits(Marks), "03 02 00 01", Marks.EIGHTH),
        (NamedBits(Marks), "03 01 00", Marks(0)),
        (Null(), "05 00", None),
        (GeneralizedTime(), "18 0F 3939393931323331323335393539 5A", "99991231235959Z"),
        (Whole(), "30 02 0500", bytes.fromhex("30 02 0500")),
    ],
)
def test_octets_and_value_stand_for_each_other(element: Element, octets: str, value: Any) -> None:
    assert read(element, octets) == value
    assert element.write(value, Lengths.DER) == bytes.fromhex(octets)


def test_number_without_a_name_prints_as_unknown() -> None:
    value = read(Integer(Colour), "02 01 07")

    assert value == 7
    assert value.name == "unknown(0x07)"


def test_bits_that_do_not_count_are_dropped() -> None:
    assert read(NamedBits(Marks), "03 02 07 FF") == Marks.FIRST


@pytest.mark.parametrize(
    ("element", "octets"),
    [
        (Integer(), "02 00"),
        (Integer(), "02 02 0001"),
        (Integer(), "02 02 FFFF"),
        (Integer(), "02 15" + "01" * 21),
        (Integer(Colour), "02 01 FF"),
        (OctetString(8), "04 01 00"),
        (NamedBits(Marks), "03 00"),
        (NamedBits(Marks), "03 02 08 80"),
        (NamedBits(Marks), "03 03 00 80 80"),
        (Null(), "05 01 00"),
        (GeneralizedTime(), "18 0D 3939393931323331323335395A"),
        (Integer(), "04 01 00"),
    ],
)
def test_what_is_no_value_is_refused(element: Element, octets: str) -> None:
    with pytest.raises(WireError):
        read(element, octets)


@pytest.mark.parametrize(
    ("element", "value"),
    [
        (Integer(), 1 << 160),
        (OctetString(8), b"short"),
        (NamedBits(Marks), 0x100),
        (Null(), 0),
        (GeneralizedTime(), "2015-01-01"),
        (GeneralizedTime(), "2015010100000\xe9Z"),
        (Whole(), b""),
        (Whole(), bytes.fromhex("30 05 00")),
        (Whole(), bytes.fromhex("30 00 00")),
    ],
)
def test_value_of_another_type_is_the_callers_error(element: Element, value: Any) -> None:
    with pytest.raises(LocalError):
        element.write(value, Lengths.DER)
