from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.strategies import any_octets
from emulator.testing.strategies.zcl_values import typed_values
from emulator.zcl.data_types import DataType, TimeOfDay
from emulator.zcl.data_values import (
    MAXIMUM_DEPTH,
    Collection,
    Member,
    Structure,
    decode_value,
    encode_value,
    take_value,
)


@pytest.mark.parametrize(
    ("data_type", "octets", "value"),
    [
        (DataType.NO_DATA, "", None),
        (DataType.DATA24, "01 02 03", b"\x01\x02\x03"),
        (DataType.BOOL, "01", True),
        (DataType.MAP16, "ff ff", 0xFFFF),
        (DataType.UINT48, "d2 04 00 00 00 00", 1234),
        (DataType.INT24, "ff ff ff", -1),
        (DataType.ENUM8, "02", 2),
        (DataType.SEMI, "00 3c", 1.0),
        (DataType.SINGLE, "00 00 20 41", 10.0),
        (DataType.DOUBLE, "00 00 00 00 00 00 f0 3f", 1.0),
        (DataType.OCTSTR, "03 41 42 43", b"ABC"),
        (DataType.STRING, "04 41 43 4d 45", "ACME"),
        (DataType.OCTSTR16, "02 00 de ad", b"\xde\xad"),
        (DataType.STRING16, "02 00 c2 a3", "£"),
        (DataType.ARRAY, "20 02 00 07 08", Collection(DataType.UINT8, (7, 8))),
        (
            DataType.STRUCT,
            "02 00 20 07 42 01 41",
            Structure((Member(DataType.UINT8, 7), Member(DataType.STRING, "A"))),
        ),
        (DataType.TIME_OF_DAY, "0c 1e 00 00", TimeOfDay(12, 30, 0, 0)),
        (DataType.UTC, "80 bb ed 30", 820886400),
        (DataType.CLUSTER_ID, "02 07", 0x0702),
        (DataType.EUI64, "a2 90 78 56 34 12 db 00", 0x00DB1234567890A2),
        (DataType.KEY128, "00" * 16, bytes(16)),
    ],
)
def test_value_and_octets_correspond(data_type: DataType, octets: str, value: object) -> None:
    data = bytes.fromhex(octets)

    assert decode_value(data_type, data) == value
    assert encode_value(data_type, value) == data


@pytest.mark.parametrize(
    ("data_type", "octets"),
    [
        (DataType.BOOL, "ff"),
        (DataType.UINT8, "ff"),
        (DataType.INT16, "00 80"),
        (DataType.ENUM16, "ff ff"),
        (DataType.SEMI, "00 7e"),
        (DataType.OCTSTR, "ff"),
        (DataType.STRING16, "ff ff"),
        (DataType.STRUCT, "ff ff"),
        (DataType.DATE, "ff ff ff ff"),
        (DataType.UTC, "ff ff ff ff"),
        (DataType.EUI64, "ff ff ff ff ff ff ff ff"),
    ],
)
def test_non_value_is_none(data_type: DataType, octets: str) -> None:
    data = bytes.fromhex(octets)

    assert decode_value(data_type, data) is None
    assert encode_value(data_type, None) == data


def test_non_value_of_a_collection_keeps_the_element_type() -> None:
    data = bytes.fromhex("21 ff ff")  # element type uint16, count of the non-value

    assert decode_value(DataType.SET, data) == Collection(DataType.UINT16, None)


@pytest.mark.parametrize(
    ("data_type", "octets", "reason"),
    [
        (DataType.UINT16, "01", "2 octets wanted, 1 left"),
        (DataType.BOOL, "02", "2 is no Boolean"),
        (DataType.OCTSTR, "05 41", "5 octets wanted, 1 left"),
        (DataType.OCTSTR16, "05", "2 octets of count wanted"),
        (DataType.STRING, "01 a3", "no UTF-8"),
        (DataType.ARRAY, "20 05 00 01", "5 elements cannot be in 1 octets"),
        (DataType(0x99), "00", "is no data type"),
        (DataType.UINT8, "01 02", "1 octets left over"),
    ],
)
def test_octets_that_are_no_value_are_refused(
    data_type: DataType, octets: str, reason: str
) -> None:
    with pytest.raises(WireError, match=reason):
        decode_value(data_type, bytes.fromhex(octets))


def test_nesting_is_bounded() -> None:
    level = bytes.fromhex("4c 01 00")  # element type struct, one element
    array = bytes.fromhex("48 01 00")  # element type array, one element

    with pytest.raises(WireError, match=f"nested deeper than {MAXIMUM_DEPTH}"):
        decode_value(DataType.ARRAY, array * 200)
    with pytest.raises(WireError):
        decode_value(DataType.ARRAY, level * 200)


@pytest.mark.parametrize(
    ("data_type", "value"),
    [
        (DataType.UINT8, 256),
        (DataType.UINT8, -1),
        (DataType.UINT8, "1"),
        (DataType.DATA16, b"\x01"),
        (DataType.MAP8, None),
        (DataType.OCTSTR, "text"),
        (DataType.OCTSTR, 3),
        (DataType.KEY128, 16),
        (DataType.STRING, b"octets"),
        (DataType.OCTSTR, bytes(255)),
        (DataType.ARRAY, None),
        (DataType.NO_DATA, 1),
        (DataType(0x99), 0),
        (DataType.SEMI, 1e9),
    ],
)
def test_value_that_does_not_fit_is_a_local_error(data_type: DataType, value: object) -> None:
    with pytest.raises(LocalError, match=r"does not fit"):
        encode_value(data_type, value)


@given(typed_values())
def test_every_value_survives_the_wire(typed: tuple[DataType, Any]) -> None:
    data_type, value = typed

    assert decode_value(data_type, encode_value(data_type, value)) == value


@given(st.integers(0, 0xFF), any_octets(60))
@example(DataType.ARRAY, b"\x00\xfe\xff" + bytes(60))
@example(DataType.STRUCT, b"\xfe\xff" + bytes(60))
def test_any_octets_are_a_value_or_a_wire_error(data_type: int, data: bytes) -> None:
    try:
        _, after = take_value(data_type, data, 0, len(data))
    except WireError:
        return

    assert 0 <= after <= len(data)
