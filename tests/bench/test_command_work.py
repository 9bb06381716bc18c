"""Running a file: its files, its words and its exit status."""

import json
from pathlib import Path

import pytest

from emulator.bench.command_work import RunOrder, repeat_case, run_file
from emulator.kernel.errors import UsageError
from emulator.testing.bench_scene import SHIPMENT

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


def test_a_good_device_passes_and_three_files_are_written(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = home / "out"

    status = run_file(RunOrder(file=home / "good.toml"), out)

    assert status == 0
    assert capsys.readouterr().out == "pass: 2 cases: 2 pass\n"
    assert {each.name for each in out.iterdir()} == {
        "campaign.toml",
        "junit.xml",
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
    with pytest.raises(UsageError, match="expected DEVICE:CASE"):
        repeat_case(RunOrder(file=home / "good.toml"), "ESME/0027/ECS17b/wrong-mac")
