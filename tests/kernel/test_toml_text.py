"""TOML of a user: read as it is written, or refused with its line."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.toml_text import parse_toml, read_text


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


def test_arrays_deeper_than_a_reader_can_follow_are_refused() -> None:
    assert refused("a = " + "[" * 5_000) == "a.toml: no TOML: it nests too deep"


@given(st.text())
def test_any_text_is_tables_or_refused(text: str) -> None:
    with suppress(UsageError):
        assert isinstance(parse_toml(text, "a.toml"), dict)


def test_a_mark_before_the_text_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\n")

    assert parse_toml(read_text(path), str(path)) == {"a": 1}


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.toml", "No such file"), ("folder", "Is a directory"), ("latin", "no UTF-8 text")],
)
def test_what_is_no_text_file_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin").write_bytes(b"a = '\xe9'\n")

    with pytest.raises(UsageError, match=f"{name}: {reason}"):
        read_text(tmp_path / name)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(UsageError, match="null"):
        read_text(Path("a\0b"))
