from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.messages.message_keys import message_protection
from emulator.testing.scenes.gbcs_scene import gbcs_scene, write_files

SCENE = gbcs_scene()


def test_keys_alone_leave_validity_aside(tmp_path: Path) -> None:
    keys = message_protection(SCENE.write_keys(tmp_path))

    assert (keys.broker, keys.moment, keys.trusted_paths) == (None, None, False)
    assert keys.verify(SCENE.command).valid


@pytest.mark.parametrize("text", ["2026-01-05", "2026-01-05T00:00:00Z", "2026-01-05T01:00+01:00"])
def test_moment_calls_for_paths_to_the_authorities(tmp_path: Path, text: str) -> None:
    keys = message_protection(SCENE.write_keys(tmp_path), at=text)

    assert keys.moment == datetime(2026, 1, 5, tzinfo=UTC)
    assert keys.trusted_paths
    assert keys.verify(SCENE.command).valid


def test_folder_without_authorities_gives_validity_without_paths(tmp_path: Path) -> None:
    files = {name: octets for name, octets in SCENE.pki.files().items() if name[0] == "0"}

    keys = message_protection(write_files(tmp_path, files), at="2026-01-05")

    assert not keys.trusted_paths
    assert keys.verify(SCENE.command).valid


def test_broker_is_taken_as_named(tmp_path: Path) -> None:
    keys = message_protection(SCENE.write_keys(tmp_path), broker="00-00-00-00-00-00-00-05")

    assert keys.broker == 5


def test_notes_of_the_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = SCENE.pki.files()
    swapped = {"00db1234567890ff-ds.pem": files["00db1234567890a0-ds.pem"]}

    message_protection(write_files(tmp_path, swapped))

    assert capsys.readouterr().err == (
        "note: 00db1234567890ff-ds.pem: is for 00-DB-12-34-56-78-90-A0\n"
    )


@pytest.mark.parametrize("text", ["soon", "2026-13-01", ""])
def test_text_that_is_no_moment_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="expected a date"):
        message_protection(tmp_path, at=text)
