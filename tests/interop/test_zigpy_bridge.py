"""Our hub over zigpy and bellows, which are not ours, on our EZSP dongle: down to the register."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from emulator.testing.judges.judges import require
from emulator.testing.served.served_dongle import ServedDongle, served_dongle

METERS = Path(__file__).parents[1] / "data" / "shipments" / "two-meters.csv"
PROGRAM = "from emulator.lab.cli import main; main()"


@pytest.fixture(scope="module")
def commissioned(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[int, list[dict[str, Any]], ServedDongle]:
    require("bellows", find_spec("bellows") is not None, "pip install hanlab[zigpy]")
    port = tmp_path_factory.mktemp("dongle") / "port"
    with served_dongle(port, ("--kind", "ezsp", "--devices", str(METERS))) as dongle:
        words = ("radio", "commission", f"zigpy:{dongle.port}", "--devices", str(METERS))
        done = subprocess.run(
            (sys.executable, "-c", PROGRAM, *words, "--seconds", "40", "--json"),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        dongle.stop()
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return done.returncode, events, dongle


def test_what_the_dongle_cannot_do_is_said_before_anything_begins(
    commissioned: tuple[int, list[dict[str, Any]], ServedDongle],
) -> None:
    _, events, _ = commissioned
    names = [each["event"] for each in events]

    assert "limit" in names
    assert max(at for at, name in enumerate(names) if name == "limit") < names.index("network")


def test_both_meters_join_by_install_code_and_agree_keys_with_the_host(
    commissioned: tuple[int, list[dict[str, Any]], ServedDongle],
) -> None:
    status, events, dongle = commissioned

    assert status == 0
    assert {e["name"]: e["suite"] for e in events if e["event"] == "commissioned"} == {
        "ESME": 2,
        "GSME": 2,
    }
    assert {each["device"] for each in dongle.of("commissioned")} == {"ESME", "GSME"}


def test_basic_is_answered_and_metering_read_under_the_new_key(
    commissioned: tuple[int, list[dict[str, Any]], ServedDongle],
) -> None:
    _, events, _ = commissioned

    values = {each["name"]: each["values"] for each in events if each["event"] == "device"}

    assert {name: read["0x0702:0x0000"] for name, read in values.items()} == {
        "ESME": "0",
        "GSME": "0",
    }
    assert values["ESME"]["0x0000:0x0005"] == "ES-1P-01"


@pytest.mark.slow
def test_a_scenario_has_the_dongle_as_its_hubs_radio(tmp_path: Path) -> None:
    require("bellows", find_spec("bellows") is not None, "pip install hanlab[zigpy]")
    with served_dongle(tmp_path / "port", ("--kind", "ezsp", "--devices", str(METERS))) as dongle:
        words = ("run", "hardware/hub_on_air", "--devices", str(METERS))
        radio = ("--radio", f"hub=zigpy:{dongle.port}", "--out", str(tmp_path / "out"))
        done = subprocess.run(
            (sys.executable, "-c", PROGRAM, *words, *radio),
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        dongle.stop()

    assert done.returncode == 0, done.stdout + done.stderr
    assert {each["device"] for each in dongle.of("commissioned")} == {"ESME", "GSME"}
