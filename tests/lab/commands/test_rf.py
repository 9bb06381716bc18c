import json
from pathlib import Path

import pytest

from emulator.lab.cli import main
from emulator.lab.inputs.scenario_files import INSTALLED

TERRACE = str(INSTALLED / "plans/terrace.toml")


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(["rf", *words])
    return end.value.code


def test_plan_is_told_to_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("plan", TERRACE) == 0
    assert "CHF - GSME" in capsys.readouterr().out

    assert status("plan", TERRACE, "--json", "--band", "868", "--margin", "5") == 0
    told = json.loads(capsys.readouterr().out)
    assert [band["band"] for band in told["bands"]] == ["868 MHz"]
    assert told["margin_db"] == 5


def test_wrong_plan_is_bad_input_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.toml").write_text('name = "h"\n[[storey]]\nname = "g"\nheigth = 2\n')

    assert status("plan", str(tmp_path / "p.toml")) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "p.toml:4: storey 1: unknown key 'heigth'" in told.err
    assert "no device 'CHF' to be the hub" not in told.err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("plan", "--help") == 0

    assert "hanlab rf plan home.toml" in capsys.readouterr().out
