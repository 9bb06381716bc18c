"""What two runs were made with: told where it differs, and only where both say it."""

import json
from pathlib import Path

import pytest

from emulator.bench.report.run_conditions import otherwise


def folder(path: Path, **members: object) -> Path:
    path.mkdir()
    (path / "report.json").write_text(json.dumps(members))
    return path


def test_what_differs_is_told_by_the_words_of_people(tmp_path: Path) -> None:
    one = folder(tmp_path / "a", service_mode="gfi", reach="han", seed=1)
    two = folder(tmp_path / "b", service_mode="end_to_end", reach="han", seed=2)

    assert otherwise(one, two) == [
        {"condition": "service mode", "before": "gfi", "after": "end_to_end"},
        {"condition": "seed", "before": "1", "after": "2"},
    ]


def test_what_only_one_of_them_says_is_no_difference(tmp_path: Path) -> None:
    assert otherwise(folder(tmp_path / "a", seed=1), folder(tmp_path / "b")) == []


@pytest.mark.parametrize("text", ["", "[]", "[" * 50_000], ids=["empty", "list", "deep"])
def test_a_report_that_is_none_says_nothing(tmp_path: Path, text: str) -> None:
    one, two = folder(tmp_path / "a", seed=1), folder(tmp_path / "b", seed=2)
    (two / "report.json").write_text(text)

    assert otherwise(one, two) == []
    assert otherwise(one, tmp_path / "none") == []
