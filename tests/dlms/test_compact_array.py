import pytest
from hypothesis import given

from emulator.dlms.compact_array import compact_array_octets, take_compact_array
from emulator.dlms.data import CompactArray, Data, TypeDescription, unsigned
from emulator.dlms.data_types import DataType
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.dlms_values import compact_arrays

TWO_PAIRS = bytes.fromhex(
    "02 02 11 12"  # description: structure of unsigned and long-unsigned
    "06"  # six octets of contents
    "01 0002"
    "03 0004"
)


def test_elements_share_their_description() -> None:
    taken, after = take_compact_array(TWO_PAIRS, 0)

    values = [[part.value for part in element.value] for element in taken.elements]  # type: ignore[union-attr]  # structures hold data
    assert values == [[1, 2], [3, 4]]
    assert after == len(TWO_PAIRS)


@given(compact_arrays())
def test_a_compact_array_comes_back(data: Data) -> None:
    assert isinstance(data.value, CompactArray)
    octets = compact_array_octets(data.value)

    assert take_compact_array(octets, 0) == (data.value, len(octets))


@pytest.mark.parametrize(
    "octets",
    [
        "",
        "13 11 00",  # compact array in a compact array
        "00 01 00",  # elements without octets
        "02 00 01 00",  # structures of nothing
        "01 0000 11 01 00",  # arrays of no elements
        "01 FFFF 01 FFFF 00 01 00",  # 4,294,836,225 values in an element
        "02 09" + "02 01" * 9 + "11 00",  # nested too deep
        "01 00",  # half a count
        "11 02 01",  # contents cut off
        "12 03 0001 00",  # half an element
        "02 02 11 12 04 01 0002 03",  # half a row of numbers
    ],
)
def test_descriptions_that_promise_too_much_or_end_early_are_refused(octets: str) -> None:
    with pytest.raises(WireError):
        take_compact_array(bytes.fromhex(octets), 0)


def test_an_element_that_is_not_as_described_is_refused() -> None:
    wrong_type = CompactArray(TypeDescription(DataType.LONG), (unsigned(1),))
    pair = TypeDescription(DataType.STRUCTURE, (TypeDescription(DataType.UNSIGNED),) * 2)
    too_short = CompactArray(pair, (Data(DataType.STRUCTURE, (unsigned(1),)),))

    for array in (wrong_type, too_short):
        with pytest.raises(LocalError):
            compact_array_octets(array)
