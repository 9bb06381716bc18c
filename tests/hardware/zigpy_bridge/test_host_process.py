"""The process that drives a dongle with zigpy: judged where it runs, on our virtual dongle."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from emulator.testing.judges import require

MODULE = "hardware.zigpy_bridge.host_process"
ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_a_port_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    require("bellows", find_spec("bellows") is not None, "pip install hanlab[zigpy]")

    done = subprocess.run(
        [sys.executable, "-m", MODULE, str(tmp_path / "nothing"), "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    (told,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (told["event"], "nothing" in told["reason"]) == ("failed", True)
