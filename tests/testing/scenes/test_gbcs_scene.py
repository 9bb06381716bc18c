from pathlib import Path

from emulator.gbcs.message_check import check_message
from emulator.gbcs.protection.key_files import load_keys
from emulator.testing.scenes.gbcs_scene import gbcs_scene

SCENE = gbcs_scene()


def test_messages_of_the_scene_verify() -> None:
    for message in (SCENE.command, SCENE.sensitive_alert(b"\x12\x30\x39")):
        assert check_message(message.encode(), SCENE.protection).findings == ()


def test_keys_of_the_scene_are_read_back(tmp_path: Path) -> None:
    assert len(load_keys(SCENE.write_keys(tmp_path / "keys")).keys) == len(SCENE.pki.keys)
