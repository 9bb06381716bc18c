"""What came in from outside, written and read back."""

from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Instant
from emulator.lab.kept.recording import FORMAT, InputRecorder, RecordedInput, read_recording

CAME = RecordedInput(3, Instant(17), "hub", b"\x7e\x00")
LOST = RecordedInput(5, Instant(19), "hub", None, "unplugged")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "inputs.jsonl"
    path.write_text(text)
    return path


def test_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    recorder = InputRecorder()
    recorder.told("hub", "a dongle")
    recorder.came(CAME)
    recorder.came(LOST)

    found = read_recording(written(tmp_path, recorder.text()))

    assert dict(found.told) == {"hub": "a dongle"}
    assert found.inputs == (CAME, LOST)
    assert found.path == str(tmp_path / "inputs.jsonl")


def test_run_without_anything_outside_records_nothing() -> None:
    assert InputRecorder().text() == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty: expected"),
        ("{}", "line 1: no line of a recording: expected format"),
        ("[]", "line 1"),
        ("nonsense", "line 1"),
        (f'{{"format": "{FORMAT}"}}\n{{"wait": 1}}', "line 2"),
        (f'{{"format": "{FORMAT}"}}\n{{"wait": 1, "at": 2, "line": "x", "in": "zz"}}', "line 2"),
        (f'{{"format": "{FORMAT}"}}\n3', "line 2"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_line(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        read_recording(written(tmp_path, text))


def test_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="absent: No such file"):
        read_recording(tmp_path / "absent")


def test_what_serves_for_days_keeps_no_recording() -> None:
    recorder = InputRecorder(keeps=False)

    recorder.came(CAME)

    assert recorder.text() == ""
