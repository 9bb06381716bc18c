import json
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.lab.cli import main
from emulator.testing.scenes.reference_set import reference_response, write_reference_set


def status(*words: object) -> object:
    with pytest.raises(SystemExit) as end:
        main(["gbcs", "replay", *map(str, words)])
    return end.value.code


def test_set_is_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status("--rtds", write_reference_set(tmp_path), "--json") == 0

    assert json.loads(capsys.readouterr().out)["pairs"] == 1


def test_answer_that_differs_ends_with_1(tmp_path: Path) -> None:
    wrong = replace(reference_response(), counter=5)

    assert status("--rtds", write_reference_set(tmp_path, wrong)) == 1


@pytest.mark.parametrize("words", [(), ("--rtds", "nowhere")], ids=["no set", "no folder"])
def test_run_without_a_set_ends_with_2_and_says_what_to_do(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(*words) == 2

    assert "Reference Test Data Set" in capsys.readouterr().err
