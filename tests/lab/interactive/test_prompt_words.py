from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.lab.interactive.prompt_words import (
    Addressed,
    addressed,
    request_parameters,
    split_line,
)


def test_line_is_split_as_a_shell_does_and_comments_are_left_out() -> None:
    assert split_line("power 'PPMID 2' off # at night") == ("power", "PPMID 2", "off")


def test_quotation_without_end_is_refused() -> None:
    with pytest.raises(UsageError, match="No closing quotation"):
        split_line("power 'PPMID")


@given(st.text(alphabet="ab=#'\"\\ \n\x00é"))
def test_any_line_is_words_or_refused(line: str) -> None:
    try:
        words = split_line(line)
    except UsageError:
        return

    assert all(isinstance(word, str) for word in words)


def test_words_tell_whom_from_whom_and_when() -> None:
    words = ("ECS17b", "to", "ESME", "as", "broker", "at", "never", "a=1", "b=2")

    assert addressed(words, "usage") == Addressed(
        "ECS17b", "ESME", "broker", "never", ("a=1", "b=2")
    )


@pytest.mark.parametrize(
    "words", [(), ("ECS17b", "to"), ("ECS17b", "ESME"), ("A", "to", "B", "to", "C")]
)
def test_words_without_place_are_refused_with_the_usage(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="expected send X"):
        addressed(words, "send X")


def test_parameters_may_be_json_and_truths() -> None:
    found = request_parameters(("A=1", 'B={"c": [2]}', "D=true"))

    assert found == {"A": "1", "B": {"c": [2]}, "D": True}


def test_parameter_may_be_json_in_a_file(tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    table.write_text('{"c": [2]}')

    assert request_parameters((f"A=@{table}",)) == {"A": {"c": [2]}}


def test_every_wrong_parameter_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"\xff")
    words = ("A", "B={", "C=1", "C=2", f"D=@{tmp_path / 'none'}", f"E=@{broken}", f"F=@{tmp_path}")

    with pytest.raises(UsageError) as refused:
        request_parameters(words)

    assert [each[1:2] for each in refused.value.problems] == ["A", "B", "C", "D", "E", "F"]
    assert "No such file" in refused.value.problems[3]
