"""Running a file: its files, its words and its exit status."""

import json
import shlex
import sys
from pathlib import Path

import pytest

from emulator.bench.command_work import RunOrder, repeat_case, run_file
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.testing.scenes.bench_scene import SHIPMENT
from emulator.testing.scenes.own_record import RECORD

TEXT = """\
reach = "device"
shipment = "home.csv"
[[devices]]
name = "meter"
kind = "ESME"
{defect}
[select]
use_cases = ["ECS17b"]
checks = ["success", "wrong-mac"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home.csv").write_text(SHIPMENT)
    (tmp_path / "good.toml").write_text(TEXT.format(defect=""))
    (tmp_path / "bad.toml").write_text(TEXT.format(defect='defect = "mac-unchecked"'))
    return tmp_path


def test_a_good_device_passes_and_its_files_are_written(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = home / "out"

    status = run_file(RunOrder(file=home / "good.toml"), out)

    assert status == 0
    assert capsys.readouterr().out == "pass: 2 cases: 2 pass\n"
    assert {each.name for each in out.iterdir()} == {
        "campaign.toml",
        "junit.xml",
        "report.html",
        "report.json",
        "results.jsonl",
    }


def test_a_bad_device_fails_and_the_report_goes_to_stdout(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run_file(RunOrder(file=home / "bad.toml"), home / "out", as_json=True)

    told = capsys.readouterr()
    assert status == 1
    assert json.loads(told.out)["verdict"] == "fail"
    assert "fail meter:ESME/0027/ECS17b/wrong-mac: response" in told.err


def test_failures_are_told_before_what_is_inconclusive_or_agreed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.format(defect='defect = "garbage-hangs"').partition("use_cases")[0]
    select = 'use_cases = ["CS07", "ECS02"]\nchecks = ["success", "truncated", "recovers"]'
    (home / "hangs.toml").write_text(text + select)

    run_file(RunOrder(file=home / "hangs.toml"), home / "out")

    told = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("  ")]
    verdicts = [line.partition(" ")[0] for line in told]
    assert verdicts == ["fail", *["inconclusive"] * (len(told) - 2), "fail:"]


def test_one_case_is_repeated_with_all_there_is_to_tell(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = repeat_case(RunOrder(file=home / "bad.toml"), "meter:ESME/0027/ECS17b/wrong-mac")

    told = capsys.readouterr().out
    assert status == 1
    assert "clause: GBCS 6.2.4, MAC; GBCS use case ECS17b" in told
    assert "expected:\n  device\n>   responses: 0\n" in told
    assert "seen:" in told
    assert "0000" in told


def test_a_case_that_is_none_is_refused(home: Path) -> None:
    with pytest.raises(UsageError, match="perhaps meter:ESME/0027/ECS17b/wrong-mac"):
        repeat_case(RunOrder(file=home / "good.toml"), "ESME/0027/ECS17b/wrong-mac")
    with pytest.raises(UsageError, match="expected DEVICE:CASE"):
        repeat_case(RunOrder(file=home / "good.toml"), "?")


def test_each_repeat_tells_how_to_see_itself_again(home: Path) -> None:
    text = TEXT.format(defect='defect = "mac-unchecked"').replace('"meter"', '"a: b"')
    (home / "twice.toml").write_text(f"repeats = 2\n{text}")

    run_file(RunOrder(file=home / "twice.toml"), home / "out")

    lines = map(json.loads, (home / "out" / "results.jsonl").read_text().splitlines())
    told = [shlex.split(each["again"])[4:] for each in lines if each["verdict"] == "fail"]
    case = "a: b:ESME/0027/ECS17b/wrong-mac"
    assert told == [["--case", case], ["--case", case, "--repeat", "1"]]
    assert repeat_case(RunOrder(file=home / "twice.toml"), case, 1) == 1


def test_mistakes_of_records_hooks_and_campaign_are_told_together(home: Path) -> None:
    (home / "own").mkdir()
    (home / "own" / "r.jsonl").write_text('{"code": "0900"}')
    text = TEXT.format(defect='defect = "none"').replace("ECS17b", "XCS01")
    (home / "bad.toml").write_text(f'use_cases = "own"\n{text}')

    with pytest.raises(UsageError) as refused:
        run_file(RunOrder(file=home / "bad.toml"), home / "out")

    *records, defect = refused.value.problems
    assert records[0].startswith(f"{home / 'own' / 'r.jsonl'}:1: field 'title': missing")
    assert len(records) == 3
    assert defect.startswith(f"{home / 'bad.toml'}:7: no defect 'none'")
    assert not (home / "out").exists()


def test_a_campaign_with_records_of_its_own_tells_how_to_repeat_their_cases(home: Path) -> None:
    (home / "own").mkdir()
    (home / "own" / "r.jsonl").write_text(json.dumps(RECORD))
    (home / "own" / "XCS01.py").write_text("def judge(command, response): return 'never good'")
    text = TEXT.format(defect="").replace("ECS17b", "XCS01")
    (home / "own.toml").write_text(f'use_cases = "own"\n{text}')

    status = run_file(RunOrder(file=home / "own.toml"), home / "out")

    kept = [json.loads(line) for line in (home / "out" / "results.jsonl").read_text().splitlines()]
    failed = next(each for each in kept if each["verdict"] == "fail")
    assert status == 1
    assert failed["reason"] == "never good"
    assert failed["again"].endswith(f"--use-cases {home / 'own'}")


def test_destructive_cases_on_a_device_really_there_need_an_agreement(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.format(defect='radio = "simulated:x"').replace('reach = "device"\n', "")
    (home / "real.toml").write_text(text.replace("ECS17b", "ECS43"))

    with pytest.raises(UsageError, match="say --yes"):
        run_file(RunOrder(file=home / "real.toml"), home / "out")
    status = run_file(RunOrder(file=home / "real.toml", yes=True), home / "out")

    assert status == 0
    assert "2 pass" in capsys.readouterr().out


def test_without_the_library_for_allure_nothing_is_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "allure_commons", None)
    order = RunOrder(file=home / "good.toml", allure=home / "allure")

    with pytest.raises(EnvironmentFault, match="extra allure"):
        run_file(order, home / "out")

    assert not (home / "out").exists()


def test_allure_results_need_a_folder_before_anything_is_run(home: Path) -> None:
    with pytest.raises(UsageError, match=r"--allure .*good\.toml: is no folder"):
        run_file(RunOrder(file=home / "good.toml", allure=home / "good.toml"), home / "out")

    assert not (home / "out").exists()


def test_to_go_on_and_to_begin_anew_is_a_contradiction(home: Path) -> None:
    with pytest.raises(UsageError, match="expected one of them"):
        run_file(RunOrder(file=home / "good.toml", resume=True, force=True), home / "out")
