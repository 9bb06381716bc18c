"""The words of `hanlab gfi`."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.lab.cli import main
from emulator.testing.scenes.bench_scene import SHIPMENT

PROGRAM = Path(sys.executable).with_name("hanlab")


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(("gfi", *words))
    return end.value.code


@pytest.mark.parametrize("command", ["serve", "send", "play"])
def test_each_has_help_with_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(command, "--help") == 0

    assert f"hanlab gfi {command}" in capsys.readouterr().out


@pytest.mark.slow
def test_a_home_is_served_until_ctrl_c(tmp_path: Path) -> None:
    shipment = tmp_path / "home.csv"
    shipment.write_text("\n".join(SHIPMENT.splitlines()[:4]) + "\n")
    words = ["gfi", "serve", "--devices", str(shipment), "--port", "0"]
    server = subprocess.Popen(
        [PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    line = server.stdout.readline().split()[-1]

    asked = ["gfi", "send", "ECS17b", "--to", "ESME", "--devices", str(shipment), "--line", line]
    sent = subprocess.run([PROGRAM, *asked], capture_output=True, text=True, check=False)
    os.kill(server.pid, signal.SIGINT)
    _, told = server.communicate(timeout=30)

    assert sent.returncode == 0, sent.stdout + sent.stderr
    assert "MAC: valid" in sent.stdout
    assert server.returncode == 130
    assert "1 messages down, 1 up, 0 lines left aside" in told
