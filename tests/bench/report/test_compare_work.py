"""What `hanlab bench compare` says, and its exit status."""

import json
from pathlib import Path

import pytest

from emulator.bench.campaigns.results import RESULTS, CaseResult, line_of
from emulator.bench.report.compare_work import compare_folders
from emulator.bench.report.comparison import SAME, UNKNOWN, WORSE


def folder(path: Path, **verdicts: str) -> Path:
    path.mkdir()
    results = (
        CaseResult(device="meter", case=f"ESME/{case}", repeat=0, clause="", verdict=verdict)
        for case, verdict in verdicts.items()
    )
    (path / RESULTS).write_text("".join(line_of(each) + "\n" for each in results))
    return path


def test_a_regression_is_told_and_is_the_exit_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = folder(tmp_path / "a", x="pass"), folder(tmp_path / "b", x="fail")

    assert compare_folders(one, two) == WORSE
    told = capsys.readouterr().out
    assert "worse meter:ESME/x: pass -> fail" in told
    assert "1 cases in both: 1 worse, 0 better, 0 otherwise, 0 new, 0 gone" in told
    assert compare_folders(two, one) == SAME


def test_a_run_that_was_stopped_is_no_proof(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = folder(tmp_path / "a", x="pass", y="pass"), folder(tmp_path / "b", x="pass")
    (two / "campaign.toml").write_text("")

    assert (compare_folders(one, two), compare_folders(two, one)) == (UNKNOWN, SAME)
    assert capsys.readouterr().err.startswith(f"{two}: the campaign has not ended")
    (two / "report.json").write_text("{}")
    assert compare_folders(one, two) == SAME


def test_runs_without_a_case_in_common_are_no_proof(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = folder(tmp_path / "a", x="pass"), folder(tmp_path / "b")

    assert compare_folders(one, two, as_json=True, page=tmp_path / "page.html") == UNKNOWN
    assert json.loads(capsys.readouterr().out)["verdict"] == "inconclusive"
    assert "No proof" in (tmp_path / "page.html").read_text()


def test_it_can_be_told_as_json_and_as_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = folder(tmp_path / "a", x="pass"), folder(tmp_path / "b", x="fail")

    status = compare_folders(one, two, as_json=True, page=tmp_path / "page.html")

    assert status == WORSE
    assert json.loads(capsys.readouterr().out)["counts"]["regression"] == 1
    assert "Regressions" in (tmp_path / "page.html").read_text()


def test_runs_that_were_made_otherwise_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = folder(tmp_path / "a", x="pass"), folder(tmp_path / "b", x="pass")
    (one / "report.json").write_text('{"seed": 1, "service_mode": "gfi"}')
    (two / "report.json").write_text('{"seed": 1, "service_mode": "itch"}')

    assert compare_folders(one, two, page=tmp_path / "page.html") == SAME
    assert capsys.readouterr().out.startswith("service mode: gfi, then itch\n")
    assert "Made otherwise: service mode gfi, then itch." in (tmp_path / "page.html").read_text()


def test_long_lists_are_cut_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = {f"x{number}": "pass" for number in range(60)}
    one, two = folder(tmp_path / "a", **many), folder(tmp_path / "b")

    compare_folders(one, two)

    assert "and 10 more gone" in capsys.readouterr().out
