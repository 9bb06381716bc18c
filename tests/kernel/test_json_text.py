"""JSON of others: a value, or one kind of error."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.json_text import parse_json


def test_text_and_octets_are_read_alike() -> None:
    text = '{"a": [1, "x"]}'

    assert parse_json(text) == parse_json(text.encode()) == {"a": [1, "x"]}


@pytest.mark.parametrize(
    "text",
    ["{", "", b"\xff", "[" * 100_000, '{"a":' * 100_000, "9" * 10_000],
    ids=["open", "empty", "octets", "arrays", "objects", "digits"],
)
def test_what_cannot_be_read_is_one_kind_of_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_json(text)


@given(st.text() | st.binary())
def test_anything_else_is_a_value_or_that_error(text: str | bytes) -> None:
    with suppress(ValueError):
        parse_json(text)
