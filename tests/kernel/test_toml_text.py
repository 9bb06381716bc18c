"""TOML of a user: read as it is written, or refused with its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.toml_text import parse_toml


def refused(text: str) -> str:
    with pytest.raises(UsageError) as refusal:
        parse_toml(text, "a.toml")
    (told,) = refusal.value.problems
    return told


def test_tables_are_what_they_say() -> None:
    assert parse_toml('a = 1\n[b]\nc = "x"\n', "a.toml") == {"a": 1, "b": {"c": "x"}}


def test_a_line_that_is_no_toml_is_named_once() -> None:
    told = refused("a = 1\nb == 2\n")

    assert told.startswith("a.toml:2: no TOML: ")
    assert "line 2" not in told


def test_a_text_that_ends_too_early_is_refused_at_its_last_line() -> None:
    assert refused("a = 1\n[b").startswith("a.toml:2: no TOML: ")


def test_a_number_that_nobody_can_read_is_refused() -> None:
    assert refused("a = " + "9" * 9_000) == "a.toml: no TOML: a number of thousands of digits"


def test_arrays_deeper_than_a_reader_can_follow_are_refused() -> None:
    assert refused("a = " + "[" * 5_000) == "a.toml: no TOML: it nests too deep"


@given(st.text())
def test_any_text_is_tables_or_refused(text: str) -> None:
    with suppress(UsageError):
        assert isinstance(parse_toml(text, "a.toml"), dict)
