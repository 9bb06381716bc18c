from functools import partial

import pytest
from hypothesis import find, given

from emulator.dlms.data import CompactArray, Data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import Descriptor
from emulator.testing.strategies.dlms_values import (
    bit_strings,
    compact_arrays,
    data_values,
    descriptors,
    numbers,
    scalars,
)


def _is(kind: DataType, data: Data) -> bool:
    return data.type is kind


@pytest.mark.parametrize("kind", [DataType.NULL_DATA, DataType.DATE, DataType.UTF8_STRING])
def test_scalars_are_of_every_type(kind: DataType) -> None:
    assert find(scalars(), partial(_is, kind))


@pytest.mark.parametrize("kind", [DataType.ARRAY, DataType.STRUCTURE])
def test_values_nest(kind: DataType) -> None:
    assert find(data_values(), partial(_is, kind))


@given(numbers(), bit_strings())
def test_numbers_are_numbers_and_bits_are_bits(number: Data, bits: Data) -> None:
    assert isinstance(number.value, int)
    assert bits.type is DataType.BIT_STRING


@given(descriptors())
def test_a_selection_goes_with_the_kind_that_calls_for_one(descriptor: Descriptor) -> None:
    assert (descriptor.selection is not None) is descriptor.kind.selective


@given(compact_arrays())
def test_compact_arrays_hold_elements_of_their_description(data: Data) -> None:
    array = data.value

    assert isinstance(array, CompactArray)
    assert all(element.type is array.description.type for element in array.elements)
