import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.logical_names import format_obis, parse_obis
from emulator.kernel.errors import UsageError


@given(st.binary(min_size=6, max_size=6))
def test_a_logical_name_comes_back(octets: bytes) -> None:
    assert parse_obis(format_obis(octets)) == octets


def test_the_last_group_is_255_where_it_is_left_out() -> None:
    assert parse_obis("0-0:94.44.1") == bytes.fromhex("00 00 5E 2C 01 FF")


def test_octets_that_are_no_logical_name_are_shown_as_they_are() -> None:
    assert format_obis(b"\x01\x02") == "0102"


@pytest.mark.parametrize("text", ["", "0-0:94.44", "0-0:94.44.1.256", "a-0:1.2.3.4", "1.2.3.4"])
def test_a_text_that_is_no_logical_name_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"A-B:C\.D\.E\.F"):
        parse_obis(text)
