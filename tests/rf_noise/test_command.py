import sys
from pathlib import Path
from subprocess import CompletedProcess, run

import pytest

from emulator.lab.cli import main
from tests.rf_noise.test_check_command import EVERY


def hanlab(*words: str, cwd: Path) -> CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("hanlab"))
    return run([program, *words], cwd=cwd, capture_output=True, text=True, check=False)


def test_check_writes_its_report_and_is_inconclusive_without_limits(tmp_path: Path) -> None:
    done = hanlab("rf", "check", str(EVERY[0]), cwd=tmp_path)

    assert done.returncode == 4, done.stderr
    assert (tmp_path / "hanlab-out/rf-check/report.html").exists()


def test_plans_of_homes_are_under_the_same_command(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["rf", "--help"], ["rf", "check", "--help"], ["rf", "plan", "--help"]):
        with pytest.raises(SystemExit):
            main(words)

    told = capsys.readouterr().out
    assert "hanlab rf check noise.csv\n" in told
    assert "hanlab rf plan home.toml\n" in told


def test_bad_input_is_told_on_stderr_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.csv").write_text("f_hz,l_dbm\n2,1\n1,1\n")

    with pytest.raises(SystemExit) as end:
        main(["rf", "check", str(tmp_path / "t.csv"), "--dut", "GSME"])

    told = capsys.readouterr().err.splitlines()
    assert end.value.code == 2
    assert [line.split(": ")[0] for line in told] == [
        f"{tmp_path}/t.csv:1",
        f"{tmp_path}/t.csv:3",
        "--dut GSME",
    ]
