"""Attributes hold values of their declared types, and survive being saved."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs_device.gbz.state.attribute_records import AttributeAnswer
from emulator.gbcs_device.gbz.state.attributes import TYPES, AttributeTable
from emulator.kernel.errors import LocalError
from emulator.zcl.data_types import DataType
from emulator.zcl.primitives import ZclStatus

CREDIT = (0x0705, 0x0001)
SITE = (0x0702, 0x0307)


def test_a_value_is_read_with_its_declared_type() -> None:
    table = AttributeTable({CREDIT: -5})

    assert table.read(*CREDIT) == AttributeAnswer(
        attribute=0x0001, status=ZclStatus.SUCCESS, data_type=DataType.INT32, value=-5
    )
    assert table.get(*CREDIT) == -5
    assert list(table) == [CREDIT]


def test_what_has_no_value_is_not_supported() -> None:
    table = AttributeTable({})

    assert table.read(*CREDIT).status == ZclStatus.UNSUPPORTED_ATTRIBUTE
    assert table.number(*CREDIT) == 0
    assert table.get(*CREDIT) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [((0x0705, 0x7777), 1), (CREDIT, "one"), (SITE, bytes(255)), (CREDIT, 1 << 32)],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    key: tuple[int, int], value: object
) -> None:
    table = AttributeTable({CREDIT: 1, SITE: b"7"})

    with pytest.raises(LocalError):
        table.set(*key, value)

    assert (table.get(*CREDIT), table.get(*SITE)) == (1, b"7")


def test_a_record_of_another_type_is_not_held() -> None:
    table = AttributeTable({CREDIT: 1})

    for data_type, value in ((DataType.INT16, 7), (DataType.INT32, 9)):
        table.hold(
            CREDIT[0],
            AttributeAnswer(
                attribute=CREDIT[1], status=ZclStatus.SUCCESS, data_type=data_type, value=value
            ),
        )
    table.hold(CREDIT[0], AttributeAnswer(attribute=CREDIT[1], status=ZclStatus.FAILURE))

    assert table.get(*CREDIT) == 9


@given(st.dictionaries(st.sampled_from([CREDIT, (0x0705, 0x0005)]), st.integers(-9, 9)))
def test_saved_values_come_back(values: dict[tuple[int, int], object]) -> None:
    table = AttributeTable(values)

    again = AttributeTable({})
    again.restore(json.loads(json.dumps({"attributes": table.snapshot()})), "attributes")

    assert {key: again.get(*key) for key in again} == values


@pytest.mark.parametrize(
    "saved", [{"0705": "00"}, {"0705/7777": "00"}, {"0705/0001": "00"}, {"0705/0001": 4}]
)
def test_what_was_not_saved_by_a_table_is_refused(saved: dict[str, object]) -> None:
    with pytest.raises(LocalError, match="saved state"):
        AttributeTable({}).restore({"attributes": saved}, "attributes")


def test_every_attribute_of_a_server_has_a_type() -> None:
    assert TYPES[CREDIT] is DataType.INT32
    assert TYPES[0x0000, 0x0005] is DataType.STRING
