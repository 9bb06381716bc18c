"""The words of `hanlab bench event`."""

from pathlib import Path

import pytest

from emulator.lab.cli import main


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(("bench", "event", *words))
    return end.value.code


def test_help_has_examples_and_certifies_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("--help") == 0

    told = " ".join(capsys.readouterr().out.split())
    assert "hanlab bench event event.toml" in told
    assert "No certification or accreditation is provided" in told


def test_a_wrong_file_ends_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "e.toml").write_text('colour = "red"\n')

    assert status(str(tmp_path / "e.toml")) == 2

    assert "e.toml:1: event: unknown key 'colour'" in capsys.readouterr().err
