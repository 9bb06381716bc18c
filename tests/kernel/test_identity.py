import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64


@pytest.mark.parametrize(
    "text",
    [
        "00-DB-12-34-56-78-90-A2",
        "00:db:12:34:56:78:90:a2",
        "00DB1234567890A2",
        " 00db1234567890a2 ",
    ],
)
def test_an_eui64_is_read_however_it_is_written(text: str) -> None:
    assert parse_eui64(text) == Eui64(0x00DB1234567890A2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00-DB-12-34-56-78-90",
        "00-DB-12-34-56-78-90-A2-00",
        "00-DB:12-34-56-78-90-A2",
        "0-0D-B1-23-45-67-89-0A-2",
        "00-DB-12-34-56-78-90-G2",
        "00 DB 12 34 56 78 90 A2",
        "\u0660\u0660-DB-12-34-56-78-90-A2",
    ],
)
def test_what_is_no_eui64_is_refused_as_it_was_written(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_eui64(text)

    assert str(raised.value) == f"EUI-64 {text!r}: expected 16 hexadecimal digits"


@given(st.integers(0, 2**64 - 1))
def test_every_eui64_comes_back(number: int) -> None:
    assert parse_eui64(format_eui64(number)) == number


def test_an_eui64_is_printed_as_labels_print_it() -> None:
    assert format_eui64(0x00DB1234567890A2) == "00-DB-12-34-56-78-90-A2"
