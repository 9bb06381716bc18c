"""bellows is looked for where it was installed."""

from pathlib import Path

import pytest

from emulator.testing.judges.judges import REQUIRE_VARIABLE
from emulator.testing.judges.zigbee_ncp import FOLDER_VARIABLE, zigbee_ncp_folder


def test_a_folder_without_bellows_skips_the_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.delenv(REQUIRE_VARIABLE, raising=False)

    with pytest.raises(pytest.skip.Exception, match="judge missing: bellows"):
        zigbee_ncp_folder()


def test_a_folder_with_bellows_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / ".venv" / "bin" / "bellows"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))

    assert zigbee_ncp_folder() == tmp_path
