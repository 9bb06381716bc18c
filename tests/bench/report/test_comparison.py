"""Two runs side by side."""

from pathlib import Path

import pytest

from emulator.bench.campaigns.results import RESULTS, CaseResult, Key, line_of
from emulator.bench.report.comparison import SAME, WORSE, compare_folders, compared
from emulator.kernel.errors import UsageError


def key(case: str) -> Key:
    return ("meter", case, 0)


def folder(path: Path, **verdicts: str) -> Path:
    path.mkdir()
    results = (
        CaseResult(device="meter", case=case, repeat=0, clause="", verdict=verdict)
        for case, verdict in verdicts.items()
    )
    (path / RESULTS).write_text("".join(line_of(each) + "\n" for each in results))
    return path


def test_cases_become_worse_or_better_come_or_go() -> None:
    before = {key("a"): "pass", key("b"): "fail", key("c"): "pass", key("d"): "pass"}
    after = {key("a"): "fail", key("b"): "pass", key("c"): "not_applicable", key("e"): "fail"}

    found = compared(before, after)

    assert found.regressions == (key("a"),)
    assert found.fixes == (key("b"),)
    assert (found.gone, found.new) == ((key("d"),), (key("e"),))


def test_a_regression_is_told_and_is_the_exit_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = folder(tmp_path / "a", x="pass"), folder(tmp_path / "b", x="fail")

    assert compare_folders(one, two) == WORSE
    assert "worse meter:x #0" in capsys.readouterr().out
    assert compare_folders(two, one) == SAME


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no results\.jsonl"):
        compare_folders(tmp_path, tmp_path)
