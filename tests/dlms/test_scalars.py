import pytest
from hypothesis import given

from emulator.dlms.data import BitString, Data, Value
from emulator.dlms.data_types import DataType
from emulator.dlms.scalars import scalar_octets, take_scalar
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.dlms_values import scalars


@given(scalars())
def test_a_value_comes_back_and_tells_where_it_ends(data: Data) -> None:
    octets = scalar_octets(data.type, data.value)

    taken = take_scalar(data.type, octets + b"\xaa", 0)

    assert taken == (data.value, len(octets))


@pytest.mark.parametrize(
    ("kind", "octets"),
    [
        (DataType.LONG64, "00 00 00 00"),
        (DataType.OCTET_STRING, "03 41 42"),
        (DataType.BIT_STRING, "09 FF"),
        (DataType.DATE_TIME, "07 DF 01"),
        (DataType.UTF8_STRING, ""),
    ],
)
def test_a_value_that_is_cut_off_is_refused(kind: DataType, octets: str) -> None:
    with pytest.raises(WireError):
        take_scalar(kind, bytes.fromhex(octets), 0)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (DataType.UNSIGNED, 256),
        (DataType.INTEGER, -129),
        (DataType.UNSIGNED, b"\x01"),
        (DataType.BIT_STRING, BitString(9, b"\xff")),
        (DataType.DATE_TIME, b"\x00"),
        (DataType.OCTET_STRING, "text"),
        (DataType.VISIBLE_STRING, "€"),
        (DataType.UTF8_STRING, "\ud800"),
        (DataType.NULL_DATA, 0),
    ],
)
def test_a_value_that_does_not_fit_its_type_is_refused(kind: DataType, value: Value) -> None:
    with pytest.raises(LocalError):
        scalar_octets(kind, value)


def test_octets_that_are_no_utf8_survive_in_a_text() -> None:
    value, _ = take_scalar(DataType.UTF8_STRING, bytes.fromhex("02 C3 28"), 0)

    assert scalar_octets(DataType.UTF8_STRING, value) == bytes.fromhex("02 C3 28")
