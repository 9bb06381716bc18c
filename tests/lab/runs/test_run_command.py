import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.runs.run_command import run_command
from emulator.lab.runs.run_inputs import RunRequest
from emulator.testing.scenes.laboratories import bare_laboratory
from emulator.testing.scenes.scenarios import write_scenario

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"


def request(tmp_path: Path, *body: str) -> RunRequest:
    scenario = write_scenario(tmp_path, *body)
    return RunRequest(scenario=str(scenario), devices=SHIPMENT, out=tmp_path / "out")


def test_people_read_the_summary_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = request(tmp_path, 'lab.step("one")')

    assert run_command(wanted, as_json=False, kind=bare_laboratory()) == 0

    told = capsys.readouterr()
    assert f"report: {tmp_path}/out/report.html" in told.out
    assert told.err == ""


def test_programs_read_one_document_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = request(tmp_path, 'lab.step("one")')

    assert run_command(wanted, as_json=True, kind=bare_laboratory()) == 0

    told = capsys.readouterr()
    assert json.loads(told.out) == json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert "report: " in told.err


def test_what_a_scenario_prints_does_not_spoil_the_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = request(tmp_path, 'print("hello")', 'lab.step("one")')

    run_command(wanted, as_json=True, kind=bare_laboratory())

    told = capsys.readouterr()
    assert json.loads(told.out)["verdict"] == "pass"
    assert "hello\n" in told.err


def test_bad_input_leaves_nothing(tmp_path: Path) -> None:
    wanted = RunRequest(scenario=str(tmp_path / "absent.py"), out=tmp_path / "out")

    with pytest.raises(UsageError):
        run_command(wanted, as_json=False, kind=bare_laboratory())

    assert list(tmp_path.iterdir()) == []


PROGRAM = """
import sys
from pathlib import Path
from emulator.lab.runs.run_command import run_command
from emulator.lab.runs.run_inputs import RunRequest
from emulator.testing.scenes.laboratories import bare_laboratory
request = RunRequest(scenario=sys.argv[1], out=Path(sys.argv[2]))
sys.exit(run_command(request, as_json=False, kind=bare_laboratory()))
"""


def test_ctrl_c_writes_what_there_is_and_ends_with_130(tmp_path: Path) -> None:
    # The scenario says by a pipe that it has begun, so nothing here waits for a clock.
    scenario = write_scenario(
        tmp_path, 'lab.step("one")', "import os", 'os.write(1, b"!")', "while True:", "    pass"
    )
    command = [sys.executable, "-c", PROGRAM, str(scenario), str(tmp_path / "out")]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert os.read(process.stdout.fileno(), 1) == b"!"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)

    assert process.returncode == 130, told
    document = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert document["verdict"] == "inconclusive"
    assert [step["name"] for step in document["steps"]] == ["one"]
    assert len(list((tmp_path / "out").iterdir())) == 6
