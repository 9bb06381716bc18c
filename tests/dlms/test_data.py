from emulator.dlms.data import (
    BitString,
    Data,
    array,
    boolean,
    enumerated,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType


def test_values_are_made_by_what_they_are() -> None:
    made = structure(
        array(unsigned(1)), long_unsigned(2), enumerated(3), boolean(yes=True), octet_string(b"AB")
    )

    assert encode_data(made) == bytes.fromhex(
        "02 05"  # structure of five
        "01 01 11 01"  # array of one unsigned
        "12 0002"  # long-unsigned
        "16 03"  # enum
        "03 01"  # boolean
        "09 02 4142"  # octet-string
    )


def test_bits_after_the_end_of_a_bit_string_do_not_show() -> None:
    assert BitString(3, b"\xbf").bits == "101"


def test_data_without_a_value_is_null() -> None:
    assert Data(DataType.NULL_DATA).value is None
