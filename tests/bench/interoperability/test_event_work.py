"""An event from its file to its report."""

import json
from pathlib import Path

import pytest

from emulator.bench.interoperability.event import Event, Meeting, Met
from emulator.bench.interoperability.event_work import run_event
from emulator.bench.interoperability.meetings import hold
from emulator.kernel.errors import EnvironmentFault, UsageError

FILE = """\
activities = ["connectivity"]
[[sets]]
name = "red"
shipment = "uept-smets2"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "event.toml"
    path.write_text(FILE)
    return path


def test_an_event_is_held_and_reported(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_event(file, tmp_path / "out", as_json=True) == 0

    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document == json.loads((tmp_path / "out/event.json").read_text())
    assert document["counts"] == {"pass": 2}
    assert "No certification or accreditation" in told.err
    assert "<!doctype html>" in (tmp_path / "out/event.html").read_text()


def test_its_own_folder_is_written_again_and_no_other(file: Path, tmp_path: Path) -> None:
    run_event(file, tmp_path / "out", as_json=False)
    run_event(file, tmp_path / "out", as_json=False)

    with pytest.raises(UsageError, match="expected an empty folder, that of an event, or --force"):
        run_event(file, tmp_path, as_json=False)

    (tmp_path / "mine.txt").write_text("mine")
    run_event(file, tmp_path, as_json=False, force=True)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert (tmp_path / "event.html").exists()


def test_a_folder_that_cannot_be_is_a_fault_of_the_surroundings(file: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"event\.toml"):
        run_event(file, file / "out", as_json=False)


def test_an_event_where_nobody_meets_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "event.toml"
    path.write_text(FILE.replace("connectivity", "interchangeability"))

    with pytest.raises(UsageError, match="nobody meets anybody"):
        run_event(path, tmp_path / "out", as_json=False)

    assert not (tmp_path / "out").exists()


def test_what_ctrl_c_left_is_inconclusive(
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped(event: Event, meeting: Meeting) -> Met:
        if meeting.roles[1] == "GSME":
            raise KeyboardInterrupt
        return hold(event, meeting)

    monkeypatch.setattr("emulator.bench.interoperability.event_work.hold", stopped)

    assert run_event(file, tmp_path / "out", as_json=False) == 130

    document = json.loads((tmp_path / "out/event.json").read_text())
    assert document["counts"] == {"pass": 1, "inconclusive": 1}
    assert document["verdict"] == "inconclusive"
    assert "not held" not in capsys.readouterr().out
