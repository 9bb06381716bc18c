from pathlib import Path

import pytest

from emulator.testing.judges.dcc_client import FOLDER_VARIABLE, dcc_client_folder, key_store


def test_without_the_client_a_test_is_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.delenv("HANLAB_REQUIRE_JUDGES", raising=False)

    with pytest.raises(pytest.skip.Exception):
        dcc_client_folder()


def test_the_key_store_is_that_of_the_packages(tmp_path: Path) -> None:
    assert key_store(tmp_path).is_relative_to(tmp_path / "node_modules")
