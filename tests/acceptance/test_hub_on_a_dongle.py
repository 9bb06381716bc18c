"""A hub on a dongle in one process, meters around the dongle in another; and what goes wrong."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.served.served_dongle import served_dongle

METERS = Path(__file__).parents[1] / "data" / "shipments" / "two-meters.csv"
HOME = METERS.with_name("dual-fuel.csv")
SCENARIO = "hardware/hub_on_air"
_PROGRAM = "from emulator.lab.cli import main; main()"


def run(out: Path, *words: object, devices: Path = METERS) -> tuple[int, dict[str, Any], str]:
    """Exit status, report and what was told, of a run of the hub's scenario."""
    command = (sys.executable, "-c", _PROGRAM, "run", SCENARIO, "--devices", str(devices))
    ended = subprocess.run(
        (*command, "--out", str(out), *map(str, words)),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    report = out / "report.json"
    return (
        ended.returncode,
        json.loads(report.read_text()) if report.exists() else {},
        ended.stdout + ended.stderr,
    )


def digest(out: Path) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]  # two files
        hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in ("trace.jsonl", "han.pcapng")
    )


@pytest.mark.slow
def test_meters_outside_join_by_install_code_and_the_run_can_be_replayed(tmp_path: Path) -> None:
    port = tmp_path / "dongle"
    radio = ("--radio", f"hub=spinel:{port}")
    options = ("--kind", "spinel", "--devices", str(METERS), "--fault", "bytes")

    with served_dongle(port, options) as dongle:
        status, report, told = run(tmp_path / "live", *radio)
        dongle.stop()
    replayed, again, _ = run(
        tmp_path / "again", *radio, "--replay", tmp_path / "live" / "inputs.jsonl"
    )

    assert (status, report["verdict"]) == (0, "pass")
    assert {each["device"] for each in dongle.of("network_key")} == {"ESME", "GSME"}
    assert replayed == 0
    assert report["trace_sha256"] == again["trace_sha256"]
    assert digest(tmp_path / "live") == digest(tmp_path / "again")
    assert "note: drift: " in told


@pytest.mark.slow
def test_dongle_pulled_out_during_a_join_ends_the_run_with_its_capture_whole(
    tmp_path: Path,
) -> None:
    port = tmp_path / "dongle"
    options = ("--kind", "spinel", "--devices", str(METERS), "--fault", "unplug=30 s")

    with served_dongle(port, options):
        # The shipment has six devices, of which two are there: the hub waits for the others.
        radio = ("--radio", f"hub=spinel:{port}")
        status, report, told = run(tmp_path / "out", *radio, devices=HOME)

    assert status == 3
    assert report["verdict"] == "error"
    assert f"note: {port}: unplugged: plug the dongle in again" in told
    capture = (tmp_path / "out" / "han.pcapng").read_bytes()
    keys = (tmp_path / "out" / "zigbee_pc_keys").read_text()
    judged = judge_capture(tmp_path, capture, keys, least=5)
    assert judged.ok
    assert "Traceback" not in told


def test_whole_home_commissions_over_a_virtual_dongle_of_the_run(tmp_path: Path) -> None:
    status, report, _ = run(tmp_path / "out", "--radio", "hub=spinel:virtual")

    assert (status, report["verdict"]) == (0, "pass")
    assert all(row["joined"] for row in report["devices"])
