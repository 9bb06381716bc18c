import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.dlms.data import Data, array, octet_string, structure, unsigned
from emulator.dlms.data_coding import DEPTH, decode_data, encode_data, take_data, take_parts
from emulator.dlms.data_types import DataType
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.dlms_values import data_values


@given(data_values())
def test_data_of_every_type_comes_back(data: Data) -> None:
    assert decode_data(encode_data(data)) == data


@given(st.binary(max_size=80))
@example(bytes.fromhex("04"))  # a bit string without a length
@example(bytes.fromhex("0F"))  # a number without its octet
def test_any_octets_are_data_or_a_wire_error(octets: bytes) -> None:
    try:
        data = decode_data(octets)
    except WireError as error:
        assert 0 <= error.offset <= len(octets)  # noqa: PT017 - either outcome is right
    else:
        assert encode_data(data) == octets


@given(data_values(), st.data())
def test_data_that_is_cut_off_is_refused(data: Data, draw: st.DataObject) -> None:
    octets = encode_data(data)
    end = draw.draw(st.integers(0, len(octets) - 1))

    with pytest.raises(WireError):
        decode_data(octets[:end])


def test_an_error_names_the_value_and_the_octet() -> None:
    octets = bytes.fromhex("02 0211 0102 01FE")  # a type that is none, two levels down

    with pytest.raises(WireError) as caught:
        take_parts(octets, 0, 1)

    assert (caught.value.path, caught.value.offset) == ("[0][1][0].data", 6)


def test_data_may_nest_as_deep_as_the_limit_and_no_deeper() -> None:
    deepest = unsigned(1)
    for _ in range(DEPTH):
        deepest = structure(deepest)

    assert decode_data(encode_data(deepest)) == deepest
    with pytest.raises(WireError, match="nested deeper"):
        decode_data(encode_data(structure(deepest)))


def test_rows_of_a_table_come_back_whatever_their_sizes() -> None:
    rows = [structure(unsigned(number % 2), octet_string(b"row")) for number in range(5)]
    longer = structure(unsigned(9), octet_string(b"a row that is longer"))
    table = array(*rows, longer, *rows)

    assert decode_data(encode_data(table)) == table
    for end in range(len(encode_data(table))):
        with pytest.raises(WireError):
            decode_data(encode_data(table)[:end])


def test_a_row_known_from_higher_up_is_refused_where_it_nests_too_deep() -> None:
    row = unsigned(1)
    for _ in range(DEPTH - 2):
        row = structure(row)
    allowed = array(row, row, row, row)

    assert decode_data(encode_data(structure(allowed))) == structure(allowed)
    with pytest.raises(WireError, match="nested deeper"):
        decode_data(encode_data(structure(structure(allowed))))


def test_an_array_of_more_than_127_elements_has_a_long_length() -> None:
    many = Data(DataType.ARRAY, (unsigned(7),) * 200)

    octets = encode_data(many)

    assert octets[:3] == bytes.fromhex("01 81 C8")
    assert decode_data(octets) == many


def test_many_elements_promised_in_few_octets_cost_nothing() -> None:
    with pytest.raises(WireError):
        decode_data(bytes.fromhex("01 82 FFFF" * 5))


def test_octets_after_the_value_are_refused() -> None:
    with pytest.raises(WireError, match="1 octets after"):
        decode_data(bytes.fromhex("11 01 00"))


def test_a_value_in_the_middle_tells_where_it_ends() -> None:
    assert take_data(bytes.fromhex("00 12 0102 00"), 1) == (Data(DataType.LONG_UNSIGNED, 258), 4)


@pytest.mark.parametrize("kind", [DataType.ARRAY, DataType.STRUCTURE, DataType.COMPACT_ARRAY])
def test_a_number_is_no_structured_value(kind: DataType) -> None:
    with pytest.raises(LocalError):
        encode_data(Data(kind, 1))
