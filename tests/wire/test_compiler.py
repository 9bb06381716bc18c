from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.codecs import U8, U16, Fixed, UInt
from emulator.wire.struct import Struct
from tests.wire import reference
from tests.wire.declarations import declarations


@given(st.data())
def test_the_compiled_form_reads_any_octets_as_the_declaration_says(data: st.DataObject) -> None:
    declared = data.draw(declarations())
    octets = data.draw(any_octets(40))

    assert _outcome(declared.decode, octets) == _outcome(
        lambda given: reference.decode(declared, given), octets
    )


@given(st.data())
def test_every_value_of_every_declaration_comes_back(data: st.DataObject) -> None:
    declared = data.draw(declarations())
    value = data.draw(structs(declared))

    octets = value.encode()

    assert declared.decode(octets) == value
    assert reference.decode(declared, octets) == value


@given(st.data())
def test_what_is_cut_off_is_never_a_value(data: st.DataObject) -> None:
    class Whole(Struct):
        head: U16
        key: Annotated[bytes, Fixed(5)]
        tail: Annotated[int, UInt(3)]

    value = data.draw(structs(Whole))
    length = data.draw(st.integers(0, 9))

    with pytest.raises(WireError):
        Whole.decode(value.encode()[:length])


def test_a_field_may_have_any_name_the_generated_code_uses() -> None:
    class Awkward(Struct):
        d: U8
        at: U8
        end: U8
        data: U8
        obj: U8
        cls: U8

    value = Awkward(1, 2, 3, 4, 5, 6)

    assert Awkward.decode(value.encode()) == value
    assert value.encode() == bytes([1, 2, 3, 4, 5, 6])


def test_the_first_field_that_is_cut_off_is_named_with_its_octet() -> None:
    class Address(Struct):
        pan: U16
        short: U16
        key: Annotated[bytes, Fixed(4)]

    with pytest.raises(WireError) as raised:
        Address.decode(bytes.fromhex("3412 78"))

    assert raised.value.path == "Address.short"
    assert raised.value.offset == 2
    assert raised.value.reason == "2 octets wanted, 1 left"


def test_a_fault_inside_a_nested_value_is_named_from_the_outside() -> None:
    class Innermost(Struct):
        code: U16

    class Middle(Struct):
        head: U8
        innermost: Innermost

    class Outermost(Struct):
        middle: Middle

    with pytest.raises(WireError) as raised:
        Outermost.decode(bytes.fromhex("01 02"))

    assert raised.value.path == "Outermost.middle.innermost.code"
    assert raised.value.offset == 1


def test_a_missing_argument_is_refused_at_construction() -> None:
    class Two(Struct):
        one: U8
        two: U8

    with pytest.raises(TypeError):
        Two(1)  # type: ignore[call-arg]  # what this test is about


def test_a_value_that_does_not_fit_is_a_local_error() -> None:
    class One(Struct):
        one: U8

    with pytest.raises(LocalError, match=r"One\.one: 256 is outside 0 to 255"):
        One(256).encode()


def _outcome(read: object, octets: bytes) -> object:
    assert callable(read)
    try:
        return read(octets)
    except WireError as fault:
        return ("refused", fault.path != "")
