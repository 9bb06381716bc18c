import json
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.captures.replay_command import ReplayRequest, replay_command
from emulator.testing.scenes.captured_homes import write_captured_home


def request(folder: Path, *, raised: bool = False, first: int = 1, seed: int = 1) -> ReplayRequest:
    return ReplayRequest(
        path=write_captured_home(folder),
        devices=folder / "small.csv",
        out=folder / "out",
        raised=raised,
        first=first,
        last=first + 60,
        seed=seed,
    )


def test_frames_as_they_were_pass_when_all_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay_command(request(tmp_path), as_json=False) == 0

    shown = capsys.readouterr().out
    assert "frame counter is not fresh" in shown
    assert (tmp_path / "out" / "report.html").exists()


def test_json_tells_the_fate_of_each_frame(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay_command(request(tmp_path, raised=True), as_json=True)

    document = json.loads(capsys.readouterr().out)
    assert document["counters"] == "raise"
    assert len(document["frames"]) == 61
    assert {"taken", "unheard"} <= {each["fate"] for each in document["frames"]}


def test_a_capture_of_another_home_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay_command(request(tmp_path, seed=5), as_json=False) == 3

    assert "--seed" in capsys.readouterr().out.replace("\n", " ")


def test_numbers_beyond_the_capture_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no frame from"):
        replay_command(request(tmp_path, first=100_000), as_json=False)
