import json
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.rf_noise.check_command import check_traces
from emulator.rf_noise.inputs import CheckRequest
from tests.rf_noise.test_inputs import EXAMPLE, GOLDEN

EVERY = (
    GOLDEN / "rohde-schwarz-423.csv",
    GOLDEN / "rohde-schwarz-868.dat",
    GOLDEN / "generic-900.csv",
    GOLDEN / "keysight-2400.csv",
)


def request(out: Path, *, corrected: float = 0.0, limits: Path | None = EXAMPLE) -> CheckRequest:
    return CheckRequest(
        traces=EVERY,
        limits=limits,
        chas="EXAMPLE-CHAS-1" if limits else "",
        gain=-corrected,
        out=out,
    )


SLOW = (pytest.mark.slow,)


@pytest.mark.parametrize(
    ("louder", "status"), [pytest.param(-3.0, 0, marks=SLOW), pytest.param(20.0, 1)]
)
def test_exit_status_is_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], louder: float, status: int
) -> None:
    assert check_traces(request(tmp_path, corrected=louder), as_json=False) == status
    assert "report: " in capsys.readouterr().out


def test_json_is_the_report_and_talk_goes_to_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_traces(request(tmp_path), as_json=True)

    told = capsys.readouterr()
    assert told.out == (tmp_path / "report.json").read_text()
    assert json.loads(told.out)["check"] == "rf"
    assert "INCONCLUSIVE" in told.err


@pytest.mark.slow
def test_files_are_the_same_octets_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        check_traces(request(tmp_path / name), as_json=False)

    for name in ("report.html", "report.json", "junit.xml"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_bad_input_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check_traces(CheckRequest(traces=EVERY, dut="GSME", out=tmp_path / "out"), as_json=False)

    assert not (tmp_path / "out").exists()
