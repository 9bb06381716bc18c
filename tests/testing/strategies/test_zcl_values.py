from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from emulator.testing.strategies.zcl_values import typed_values, values_of
from emulator.zcl.data_types import DataType
from emulator.zcl.data_values import Collection, Structure, encode_value

COMPOSED = (DataType.ARRAY, DataType.SET, DataType.BAG, DataType.STRUCT)


@pytest.mark.parametrize("data_type", [each for each in DataType if each not in COMPOSED])
def test_every_plain_type_has_values_that_it_can_hold(data_type: DataType) -> None:
    @given(values_of(data_type))
    @settings(max_examples=15)
    def fits(value: Any) -> None:
        encode_value(data_type, value)

    fits()


@given(typed_values())
def test_typed_value_fits_its_type(pair: tuple[DataType, Any]) -> None:
    encode_value(*pair)


@pytest.mark.parametrize("data_type", COMPOSED)
def test_collections_and_structures_are_among_the_values(data_type: DataType) -> None:
    _, value = find(typed_values(), lambda pair: pair[0] is data_type)

    assert isinstance(value, Structure if data_type is DataType.STRUCT else Collection)


@pytest.mark.parametrize("data_type", [DataType.UINT8, DataType.INT16, DataType.OCTSTR])
def test_the_non_value_is_among_the_values(data_type: DataType) -> None:
    values: st.SearchStrategy[Any] = values_of(data_type)

    assert find(values, lambda value: value is None) is None
