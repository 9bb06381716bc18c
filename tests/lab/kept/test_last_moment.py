import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.units import DEFAULT_START, START
from emulator.lab.kept.last_moment import FILE, calendar_after, keep_moment
from emulator.lab.kept.state_files import FORMAT

LEFT = datetime(2026, 3, 1, 12, 30, 0, 250_000, tzinfo=UTC)


def test_first_run_begins_at_the_usual_moment(tmp_path: Path) -> None:
    assert calendar_after(None).moment(START) == DEFAULT_START
    assert calendar_after(tmp_path).moment(START) == DEFAULT_START


def test_next_run_begins_where_the_last_one_ended(tmp_path: Path) -> None:
    keep_moment(tmp_path, LEFT)

    assert calendar_after(tmp_path).moment(START) == LEFT


@pytest.mark.parametrize(
    "memory",
    [{}, {"moment": 5}, {"moment": "yesterday"}, {"moment": "0001-01-01T00:00:00+23:00"}],
    ids=["none", "a number", "words", "before all calendars"],
)
def test_what_is_no_moment_is_refused(memory: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"label": "", "format": FORMAT, "memory": memory}))

    with pytest.raises(UsageError, match="expected a moment"):
        calendar_after(tmp_path)
