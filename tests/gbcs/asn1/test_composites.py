from dataclasses import dataclass
from typing import Annotated

import pytest
from hypothesis import given

from emulator.gbcs.asn1.composites import (
    MAXIMUM_ITEMS,
    Alone,
    Choice,
    Sequence,
    SequenceOf,
    Tagged,
    within,
)
from emulator.gbcs.asn1.elements import Integer, Null, OctetString, take
from emulator.gbcs.asn1.tlv import Lengths, Reader
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.asn1_values import asn1_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    weight: Annotated[int, Integer()]
    count: Annotated[int, Integer(tag=0x0A)] = 1
    label: Annotated[bytes | None, Tagged(0, OctetString())] = None
    stamps: Annotated[tuple[int, ...], SequenceOf(Integer())]


@dataclass(frozen=True, slots=True)
class Answer:
    result: Annotated[int | None, Choice(Null(), Integer(), lambda value: value is None)]


@dataclass(frozen=True, slots=True)
class Undeclared:
    weight: int


PARCEL = Sequence(Parcel)
ANSWER = Alone(Answer)
FULL = Parcel(weight=5, count=2, label=b"A", stamps=(1, 2))
FULL_OCTETS = bytes.fromhex(
    "30 11"
    "02 01 05"  # weight
    "0A 01 02"  # count
    "80 01 41"  # label
    "30 06 020101 020102"  # stamps
)


def refusal(octets: bytes) -> WireError:
    with pytest.raises(WireError) as refused:
        take(PARCEL, Reader(octets), 0, len(octets))
    return refused.value


def test_fields_are_written_in_the_order_of_their_declaration() -> None:
    assert PARCEL.write(FULL, Lengths.DER) == FULL_OCTETS
    assert take(PARCEL, Reader(FULL_OCTETS), 0, len(FULL_OCTETS)) == (FULL, len(FULL_OCTETS))


def test_what_is_absent_has_its_default_and_what_has_its_default_is_not_written() -> None:
    octets = bytes.fromhex("30 05 02 01 05 30 00")

    value, _ = take(PARCEL, Reader(octets), 0, len(octets))

    assert value == Parcel(weight=5, stamps=())
    assert PARCEL.write(value, Lengths.DER) == octets


@given(asn1_values(PARCEL))
def test_sequence_comes_back(parcel: Parcel) -> None:
    for lengths in Lengths:
        octets = PARCEL.write(parcel, lengths)
        assert take(PARCEL, Reader(octets), 0, len(octets)) == (parcel, len(octets))


@pytest.mark.parametrize(("octets", "value"), [("05 00", None), ("02 01 07", 7)])
def test_choice_is_told_by_its_tag(octets: str, value: int | None) -> None:
    encoded = bytes.fromhex(octets)

    answer, _ = take(ANSWER, Reader(encoded), 0, len(encoded))

    assert answer == Answer(value)
    assert ANSWER.write(answer, Lengths.DER) == encoded


def test_refusal_names_the_path_to_the_field() -> None:
    assert refusal(bytes.fromhex("30 08 02 01 05 30 03 04 01 00")).path == "stamps[0]"
    assert refusal(bytes.fromhex("30 02 05 00")).path == "weight"
    assert refusal(bytes.fromhex("30 06 02 01 05 80 02 41")).path == "label"


def test_elements_after_the_last_are_refused() -> None:
    assert refusal(bytes.fromhex("30 07 02 01 05 30 00 05 00")).offset == 7


def test_items_are_bounded() -> None:
    element = SequenceOf(Null())
    octets = element.write((None,) * (MAXIMUM_ITEMS + 1), Lengths.DER)

    with pytest.raises(WireError, match="more than 1024 items"):
        take(element, Reader(octets), 0, len(octets))


def test_value_of_another_class_is_the_callers_error() -> None:
    with pytest.raises(LocalError):
        PARCEL.write(Answer(1), Lengths.DER)
    with pytest.raises(LocalError):
        ANSWER.write(FULL, Lengths.DER)


def test_class_whose_fields_name_no_element_is_the_callers_error() -> None:
    with pytest.raises(LocalError):
        Sequence(Undeclared)


def test_paths_are_joined_by_dots_but_for_items() -> None:
    assert within("a", WireError("b", 0, "r")).path == "a.b"
    assert within("a", WireError("[0]", 0, "r")).path == "a[0]"
    assert within("a", WireError("", 0, "r")).path == "a"
