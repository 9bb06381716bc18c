import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.selection import (
    BY_ENTRY,
    BY_RANGE,
    select,
    select_entries,
    select_times,
)
from emulator.dlms.data import (
    NULL,
    CompactArray,
    Data,
    TypeDescription,
    array,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import Selection
from emulator.kernel.units import ZIGBEE_EPOCH
from emulator.testing.strategies.dlms_values import data_values

TIME = structure(
    long_unsigned(1),
    octet_string(parse_obis("0-0:94.44.100.255")),
    Data(DataType.INTEGER, 2),
    long_unsigned(0),
)
OTHER_COLUMN = structure(
    long_unsigned(3),
    octet_string(parse_obis("1-0:1.8.0.255")),
    Data(DataType.INTEGER, 2),
    long_unsigned(0),
)
COLUMNS = TypeDescription(DataType.STRUCTURE, (TypeDescription(DataType.DOUBLE_LONG_UNSIGNED),))


def number(value: int) -> Data:
    return Data(DataType.DOUBLE_LONG_UNSIGNED, value)


def log(*times: int) -> Data:
    entries = tuple(structure(number(time)) for time in times)
    return Data(DataType.COMPACT_ARRAY, CompactArray(COLUMNS, entries))


def by_range(first: Data, last: Data, column: Data = TIME, values: Data | None = None) -> Selection:
    return Selection(BY_RANGE, structure(column, first, last, values or array()))


def by_entry(*parameters: int) -> Selection:
    first, last, *columns = parameters
    return Selection(BY_ENTRY, structure(number(first), number(last), *map(long_unsigned, columns)))


@given(st.lists(st.integers(0, 20)), st.integers(0, 20), st.integers(0, 20))
def test_a_range_has_both_its_ends(times: list[int], first: int, last: int) -> None:
    selected = select(log(*times), by_range(number(first), number(last)))

    assert selected == log(*(time for time in times if first <= time <= last))


def test_a_range_of_date_times_means_the_same() -> None:
    start = octet_string(date_time_octets(ZIGBEE_EPOCH))

    assert select_times(log(0, 1), start, start) == log(0)


@given(st.lists(st.integers(0, 9), max_size=6), st.integers(0, 7), st.integers(0, 7))
def test_entries_are_counted_from_1_and_0_is_the_last(
    times: list[int], first: int, last: int
) -> None:
    selected = select(log(*times), by_entry(first, last, 1, 0))

    end = len(times) if last == 0 else last
    assert selected == log(*times[max(first, 1) - 1 : end])


def test_a_log_that_is_an_array_is_selected_from_alike() -> None:
    entries = structure(number(1)), structure(number(2))

    assert select_times(array(*entries), number(2), number(9)) == array(entries[1])
    assert select_entries(array(*entries), 1, 1) == array(entries[0])


def test_entries_without_a_time_are_in_no_range() -> None:
    strange = array(structure(), structure(octet_string(b"")), unsigned(1))

    assert select_times(strange, number(0), number(9)) == array()


@pytest.mark.parametrize(
    "selection",
    [
        by_range(number(0), number(9), OTHER_COLUMN),
        by_range(number(0), number(9), NULL),
        by_range(number(0), number(9), values=array(TIME)),
        by_range(octet_string(b"\xff" * 12), number(9)),
        by_range(NULL, number(9)),
        by_entry(1, 2, 2, 0),
        by_entry(1, 2, 1, 1),
        Selection(BY_ENTRY, structure(NULL, NULL, NULL, NULL)),
        Selection(BY_RANGE, structure(TIME)),
        Selection(3, structure(TIME, number(0), number(9), array())),
        Selection(BY_RANGE, NULL),
    ],
)
def test_what_cannot_be_given_is_none(selection: Selection) -> None:
    assert select(log(1), selection) is None


@given(data_values(), st.integers(0, 255), data_values())
def test_any_selection_of_anything_is_a_value_or_none(
    buffer: Data, selector: int, parameters: Data
) -> None:
    selected = select(buffer, Selection(selector, parameters))

    assert selected is None or selected.type is buffer.type
