from pathlib import Path

import pytest

from emulator.testing.judges.reference_data import (
    reference_folder,
    reference_keys,
    reference_messages,
    shared_folder,
)


def test_set_lies_where_the_variable_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HANLAB_SHARED", str(tmp_path))

    assert shared_folder() == tmp_path


def test_absent_set_skips_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HANLAB_SHARED", str(tmp_path))
    monkeypatch.delenv("HANLAB_REQUIRE_JUDGES", raising=False)

    with pytest.raises(pytest.skip.Exception, match="judge missing: RTDS"):
        reference_folder()


def test_without_the_variable_it_lies_beside_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANLAB_SHARED", raising=False)

    assert shared_folder().name == "shared"


def test_set_is_whole() -> None:
    messages = reference_messages()

    assert len({each.name for each in messages}) == 1275
    assert len(reference_keys()) == 418
