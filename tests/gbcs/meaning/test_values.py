import pytest
from hypothesis import given

from emulator.cosem.layouts import layout
from emulator.dlms.data import (
    BitString,
    CompactArray,
    Data,
    TypeDescription,
    array,
    octet_string,
    structure,
    unsigned,
)
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.gbcs.meaning.tree import lines
from emulator.gbcs.meaning.values import data_tree, plain
from emulator.testing.strategies.dlms_values import data_values


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("x", Data(DataType.NULL_DATA), "null"),
        ("x", Data(DataType.BOOLEAN, 1), "true"),
        ("x", Data(DataType.BIT_STRING, BitString(3, b"\xa0")), "101 (bits)"),
        ("unit", unsigned(30), "Wh"),
        (
            "timestamp",
            Data(DataType.DOUBLE_LONG_UNSIGNED, 86400),
            "2000-01-02 00:00:00 UTC (86400)",
        ),
        ("x", Data(DataType.VISIBLE_STRING, "hi"), "'hi'"),
        ("x", octet_string(b"hi"), "'hi' (6869)"),
        ("x", octet_string(b""), "empty"),
        ("logical_name", octet_string(bytes(6)), "0-0:0.0.0.0 (000000000000)"),
        ("start_time", octet_string(b"\x17\x00\x00\x00"), "23:00:00 (17000000)"),
        ("specialday_date", octet_string(b"\x07\xdf\x0c\x19\xff"), "2015-12-25 (07DF0C19FF)"),
        (
            "ieee_address",
            octet_string(bytes(7) + b"\x01"),
            "00-00-00-00-00-00-00-01 (0000000000000001)",
        ),
        (
            "x",
            octet_string(bytes.fromhex("07DF0101FF000000008000FF")),
            "2015-01-01 00:00:00 UTC (07DF0101FF000000008000FF)",
        ),
    ],
)
def test_a_value_reads_as_people_write_it(label: str, data: Data, text: str) -> None:
    assert plain(label, data) == text


def test_parts_are_named_by_the_layout_and_placed_by_their_octets() -> None:
    data = array(structure(unsigned(1), octet_string(b"AB")))

    tree = data_tree("entries", data, layout("index name"), 10)

    assert list(lines(tree)) == [
        "entries: 1 element",
        "  [1]",
        "    index: 1",
        "    name: 'AB' (4142)",
    ]
    (name,) = tree.find("name")
    assert encode_data(data)[(name.offset or 0) - 10] == DataType.OCTET_STRING


def test_a_layout_of_another_size_names_nothing() -> None:
    tree = data_tree("x", structure(unsigned(1)), layout("one two"))

    assert list(lines(tree)) == ["x", "  [1]: 1"]


def test_elements_of_a_compact_array_are_named_too() -> None:
    pair = TypeDescription(DataType.STRUCTURE, (TypeDescription(DataType.UNSIGNED),) * 2)
    data = Data(DataType.COMPACT_ARRAY, CompactArray(pair, (structure(unsigned(1), unsigned(2)),)))

    assert list(lines(data_tree("log", data, layout("time value")))) == [
        "log: 1 elements (compact array)",
        "  [1]",
        "    time: 1",
        "    value: 2",
    ]


@given(data_values())
def test_every_value_has_a_tree(data: Data) -> None:
    assert list(lines(data_tree("x", data, (), 0)))
