import json
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.messages.reference_replay import FAIL, PASS, replay_reference
from emulator.testing.scenes.reference_set import (
    COMMAND,
    RESPONSE,
    reference_response,
    write_reference_set,
)


def document(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_set_whose_answers_come_out_right_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay_reference(write_reference_set(tmp_path), as_json=True) == PASS

    told = document(capsys)
    assert (told["pairs"], told["identical"], told["identical_but_signature"]) == (1, 0, 1)
    assert told["classes"]["actions_and_updates"] == 1


def test_answer_that_differs_fails_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = replace(reference_response(), counter=5)

    assert replay_reference(write_reference_set(tmp_path, wrong), as_json=True) == FAIL

    (different,) = document(capsys)["different"]
    assert different["file"] == COMMAND
    assert different["reason"].startswith("counter: ")


def test_file_that_is_no_message_fails_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_reference_set(tmp_path)
    (folder / "messages" / RESPONSE).write_text("xy")

    assert replay_reference(folder, as_json=True) == FAIL

    told = document(capsys)
    assert told["pairs"] == 1
    assert "no message in hexadecimal" in told["different"][0]["reason"]


def test_person_is_told_by_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay_reference(write_reference_set(tmp_path), as_json=False) == PASS

    assert "actions and updates" in capsys.readouterr().out


def test_set_without_messages_or_keys_is_refused(tmp_path: Path) -> None:
    folder = write_reference_set(tmp_path)
    rmtree(folder / "keystore")

    with pytest.raises(UsageError, match="keystore"):
        replay_reference(folder, as_json=True)
    with pytest.raises(UsageError, match="no commands"):
        replay_reference(tmp_path / "nowhere", as_json=True)
