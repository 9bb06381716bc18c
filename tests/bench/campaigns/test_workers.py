"""Several processes: results come one by one, and a process that dies loses one case."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.workers import run_in_processes, work
from emulator.testing.scenes.bench_scene import SHIPMENT

TEXT = """\
reach = "device"
shipment = "home.csv"
[[devices]]
name = "meter"
kind = "ESME"
[select]
use_cases = ["ECS17b"]
checks = ["success", "wrong-mac", "stranger"]
"""


def campaign_in(folder: Path, **files: str) -> Campaign:
    (folder / "home.csv").write_text(SHIPMENT)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return parse_campaign(folder / "c.toml", TEXT)


def test_a_process_hands_in_each_result_and_says_when_it_is_through(tmp_path: Path) -> None:
    campaign, handed = campaign_in(tmp_path), SimpleQueue[Any]()

    work(3, campaign, list(campaign.planned()), handed)

    found = [handed.get() for _ in range(4)]
    assert [who for who, _ in found] == [3] * 4
    assert [each and each.verdict for _, each in found] == ["pass", "pass", "pass", None]


@pytest.mark.slow
def test_a_process_that_dies_costs_the_case_it_was_at_and_the_rest_goes_on(tmp_path: Path) -> None:
    record = '{"code": "0900", "title": "T", "category": "SME.C.NC", "evidence": "name"}'
    (tmp_path / "own.jsonl").write_text(record)
    hook = f"import os\ndef values(case): os._exit({os.EX_SOFTWARE})"
    campaign = campaign_in(tmp_path, ECS17b=hook)
    own = parse_campaign(tmp_path / "c.toml", TEXT, tmp_path)

    results = list(run_in_processes(own, list(campaign.planned()), 2).results())

    assert [each.verdict for each in results] == ["error"] * 3
    assert results[0].reason == f"its process ended with status {os.EX_SOFTWARE}"


@pytest.mark.slow
def test_every_case_is_run_once_in_two_processes(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path)
    planned = list(campaign.planned())

    results = list(run_in_processes(campaign, planned, 2).results())

    assert sorted(each.key for each in results) == sorted(each.key for each in planned)


@pytest.mark.slow
def test_ctrl_c_while_processes_begin_stops_them_without_a_traceback(tmp_path: Path) -> None:
    campaign_in(tmp_path)
    (tmp_path / "c.toml").write_text(
        TEXT.partition("checks")[0].replace('"ECS17b"', '"ECS17b", "CS07"')
    )
    words = ["bench", "run", "c.toml", "--out", "out", "--jobs", "2"]
    program = f"from emulator.lab.cli import main; main({words!r})"
    run = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (tmp_path / "out" / "results.jsonl").exists():
        assert run.poll() is None
        time.sleep(0.01)
    time.sleep(0.2)

    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate()

    assert (run.returncode, told) == (130, "stopped; go on with --resume: out has what was done\n")
