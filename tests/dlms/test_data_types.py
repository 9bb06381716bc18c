from emulator.dlms.data_types import FIXED, NUMBERS, DataType


def test_a_type_is_named_in_the_words_of_the_specification() -> None:
    assert DataType.DOUBLE_LONG_UNSIGNED.words == "double-long-unsigned"


def test_no_type_has_two_widths() -> None:
    assert not NUMBERS.keys() & FIXED.keys()
