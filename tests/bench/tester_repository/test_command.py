"""The words of `hanlab new`."""

from importlib.metadata import version
from pathlib import Path

import pytest

from emulator.lab.cli import main


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(("new", *words))
    return end.value.code


def test_it_tells_what_it_wrote_and_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(str(tmp_path / "ours")) == 0

    told = capsys.readouterr().out
    assert "tests/test_use_case.py" in told
    assert told.rstrip().endswith("ours && pytest -n 2")


def test_a_second_time_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status(str(tmp_path / "ours"))

    assert status(str(tmp_path / "ours")) == 2
    assert "expected a new name, or an empty folder" in capsys.readouterr().err


def test_what_it_asks_for_is_this_version_and_on_no_index(tmp_path: Path) -> None:
    status(str(tmp_path / "ours"))

    lines = (tmp_path / "ours" / "requirements.txt").read_text().splitlines()
    asked = [each for each in lines if not each.startswith("#")]
    assert asked == [f"./hanlab-{version('hanlab')}-py3-none-any.whl[testing]"]


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("--help") == 0

    assert "Examples:\n    hanlab new my-tests" in capsys.readouterr().out
