import pytest

from emulator.cosem.server.notation import data_from_notation
from emulator.dlms.data import (
    BitString,
    CompactArray,
    Data,
    TypeDescription,
    array,
    enumerated,
    octet_string,
    structure,
)
from emulator.dlms.data_types import DataType
from emulator.kernel.errors import UsageError

INTEGER = Data(DataType.INTEGER, -5)
FOUR_NUMBERS = TypeDescription(DataType.ARRAY, (TypeDescription(DataType.DOUBLE_LONG),), 4)


@pytest.mark.parametrize(
    ("notation", "value"),
    [
        (["null-data"], Data(DataType.NULL_DATA)),
        (["integer", -5], INTEGER),
        (["array"], array()),
        (["structure", ["integer", -5], ["enum", 254]], structure(INTEGER, enumerated(254))),
        (["octet-string", "00ff"], octet_string(b"\x00\xff")),
        (["visible-string", "00ff"], Data(DataType.VISIBLE_STRING, "00ff")),
        (["bit-string", 9], Data(DataType.BIT_STRING, BitString(9, bytes(2)))),
        (["bit-string", 7, "FE"], Data(DataType.BIT_STRING, BitString(7, b"\xfe"))),
    ],
)
def test_list_stands_for_its_value(notation: list[object], value: Data) -> None:
    assert data_from_notation(notation) == value


def test_compact_array_is_empty_and_knows_what_its_elements_are() -> None:
    notation = [
        "compact-array",
        ["structure", ["long-unsigned"], ["array", ["double-long"], 4]],
    ]

    value = data_from_notation(notation).value

    time_stamp = TypeDescription(DataType.LONG_UNSIGNED)
    described = TypeDescription(DataType.STRUCTURE, (time_stamp, FOUR_NUMBERS))
    assert value == CompactArray(described, ())


@pytest.mark.parametrize(
    "notation",
    [
        [],
        "integer",
        ["number", 1],
        ["integer"],
        ["integer", "1"],
        ["octet-string", 1],
        ["octet-string", "0"],
        ["octet-string", "xy"],
        ["bit-string"],
        ["bit-string", -1],
        ["bit-string", 7, "FEFE"],
        ["compact-array", ["array", ["integer"]]],
        ["compact-array", ["array", ["integer"], "4"]],
        ["compact-array", 1],
    ],
)
def test_anything_else_is_refused(notation: object) -> None:
    with pytest.raises(UsageError):
        data_from_notation(notation)
