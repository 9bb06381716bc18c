"""The host stack of others as a judge: where it lies, and what it tells."""

from pathlib import Path

import pytest

from emulator.testing.judges.judges import REQUIRE_VARIABLE
from emulator.testing.judges.zigbee_host import FOLDER_VARIABLE, HostRun, zigbee_host_folder


def test_judge_that_is_not_installed_skips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.delenv(REQUIRE_VARIABLE, raising=False)

    with pytest.raises(pytest.skip.Exception, match="make judges"):
        zigbee_host_folder()


def test_events_are_found_by_name() -> None:
    run = HostRun(0, ({"event": "joined", "eui64": "0x1"}, {"event": "permit"}))

    assert run.of("joined") == [{"event": "joined", "eui64": "0x1"}]
