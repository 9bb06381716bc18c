from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.server.made_values import (
    appended,
    described,
    fitted,
    log_of,
    number_of,
    octets_of,
    parts_of,
)
from emulator.dlms.data import CompactArray, Data, TypeDescription, array, octet_string, structure
from emulator.dlms.data_coding import encode_data, take_data
from emulator.dlms.data_types import DataType

NUMBER = TypeDescription(DataType.DOUBLE_LONG_UNSIGNED)
ENTRY = TypeDescription(
    DataType.STRUCTURE, (NUMBER, TypeDescription(DataType.ARRAY, (NUMBER,), repeats=3))
)
EMPTY = Data(DataType.COMPACT_ARRAY, CompactArray(ENTRY, ()))


def number(value: int) -> Data:
    return Data(DataType.DOUBLE_LONG_UNSIGNED, value)


def test_value_is_made_as_described_and_missing_elements_are_zero() -> None:
    made = described(ENTRY, (7, (1, 2)))

    assert made == structure(number(7), array(number(1), number(2), number(0)))


def test_register_that_is_full_begins_again() -> None:
    assert fitted(DataType.DOUBLE_LONG_UNSIGNED, 2**32 + 5) == 5
    assert fitted(DataType.DOUBLE_LONG, 2**31) == -(2**31)
    assert fitted(DataType.DOUBLE_LONG, -1) == -1


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 9), max_size=3))))
def test_log_can_be_written_and_read(entries: list[tuple[int, list[int]]]) -> None:
    log = log_of(EMPTY, entries)

    assert take_data(encode_data(log), 0)[0] == log
    assert len(parts_of(log)) == len(entries)


def test_oldest_entry_makes_room() -> None:
    log = EMPTY
    for each in range(5):
        log = appended(log, (each, ()), 3)

    assert [number_of(parts_of(entry)[0]) for entry in parts_of(log)] == [2, 3, 4]


def test_what_is_no_log_stays_as_it_is() -> None:
    assert log_of(number(1), [(1, ())]) == number(1)
    assert appended(number(1), (1, ()), 3) == number(1)


def test_parts_numbers_and_octets_of_other_values_are_none() -> None:
    assert (parts_of(number(1)), number_of(octet_string(b"x")), octets_of(number(1))) == (
        (),
        0,
        b"",
    )
