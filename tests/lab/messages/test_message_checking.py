import json
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.messages.message_checking import FAIL, PASS, check_files
from emulator.testing.scenes.gbcs_scene import gbcs_scene, write_files

SCENE = gbcs_scene()
COMMAND = SCENE.command.encode()


def test_good_messages_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(tmp_path, {"a.bin": COMMAND, "b.hex": COMMAND.hex().encode()})

    assert check_files(tmp_path, SCENE.protection, as_json=True) == PASS

    told = capsys.readouterr()
    assert json.loads(told.out)["signatures"] == {"valid": 2, "invalid": 0, "unchecked": 0}
    assert told.err == ""


def test_one_bad_file_fails_and_the_others_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(tmp_path, {"a.hex": b"?", "b.bin": COMMAND})

    assert check_files(tmp_path, SCENE.protection, as_json=False) == FAIL

    told = capsys.readouterr().out
    assert "2 messages" in told
    assert "failed a.hex: file at byte 0: expected a message" in told


def test_folder_without_messages_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no messages there"):
        check_files(tmp_path, SCENE.protection, as_json=True)
