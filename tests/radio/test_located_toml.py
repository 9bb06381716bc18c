from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.radio.located_toml import LocatedToml, as_point, read_toml

TEXT = """\
title = "t"   # [[not.a.table]]

[[thing]]
name = "one [ ["
values = [
  1,  # name = "not a key"
  2,
]
size = 3

[[thing]]
size = 300
yes = "no"
odd = 1
"""


def read(folder: Path, text: str = TEXT) -> LocatedToml:
    (folder / "d.toml").write_text(text)
    return read_toml(folder / "d.toml")


def test_values_are_read_with_their_limits(tmp_path: Path) -> None:
    first = read(tmp_path).tables("thing")[0]

    assert first.text("name") == "one [ ["
    assert first.whole("size", 0, 10) == 3
    assert first.number_of("size", 0, 10) == 3.0
    assert first.number_of("other", 0, 10, 5) == 5
    assert first.truth("flag", default=True)


def test_mistakes_carry_file_line_table_value_and_rule(tmp_path: Path) -> None:
    document = read(tmp_path)
    _, second = document.tables("thing")
    second.only("name", "size", "yes")
    second.text("name")
    second.number_of("size", 0, 10)
    second.whole("size", 0, 10)
    second.truth("yes", default=False)
    second.point("yes")
    second.choice("yes", ("a", "b"))

    with pytest.raises(UsageError) as refusal:
        document.check()

    name = tmp_path / "d.toml"
    assert refusal.value.problems == (
        f"{name}:11: thing 2: name is missing",
        f"{name}:12: thing 2: size = 300: expected a number from 0 to 10",
        f"{name}:12: thing 2: size = 300: expected a whole number from 0 to 10",
        f"{name}:13: thing 2: yes = 'no': expected true or false",
        f"{name}:13: thing 2: yes = 'no': expected [x, y] in metres",
        f"{name}:13: thing 2: yes = 'no': expected one of a, b",
        f"{name}:14: thing 2: unknown key 'odd': there is name, size, yes",
    )


def test_table_that_must_be_there_is_missed(tmp_path: Path) -> None:
    document = read(tmp_path)

    assert document.tables("other", wanted=True) == []
    assert document.mistakes == [f"{tmp_path}/d.toml:1: no [[other]]: expected one at least"]


def test_key_where_tables_belong_is_refused(tmp_path: Path) -> None:
    document = read(tmp_path)

    assert document.tables("title") == []
    assert "title: expected tables, each begun by [[title]]" in document.mistakes[0]


def test_top_has_the_plain_keys_only(tmp_path: Path) -> None:
    top = read(tmp_path).top()
    top.only("title")

    assert top.text("title") == "t"
    assert top.document.mistakes == []


def test_what_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"d\.toml:2: no TOML"):
        read(tmp_path, "a = 1\nb = = 2\n")


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_toml(tmp_path / "none.toml")
    (tmp_path / "d.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="no UTF-8"):
        read_toml(tmp_path / "d.toml")


def test_point_is_two_numbers_not_far_away() -> None:
    assert as_point([1, 2.5]) == (1.0, 2.5)
    for wrong in ([1], [1, 2, 3], [1, True], [1, "2"], [1, float("nan")], [1, 1e9], 5, None):
        assert as_point(wrong) is None


@given(st.text())
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, "utf-8", "replace")

    with suppress(UsageError):
        document = read_toml(path)
        document.top().only()
        document.check()
