"""Packets of scapy reach an emulated hub, whose beacon comes back as a packet of scapy."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from emulator.testing.judges.judges import require
from emulator.testing.scenes.captured_homes import SHIPMENT
from emulator.testing.served.served_dongle import served_dongle


def told(*words: str) -> list[str]:
    require("scapy", find_spec("scapy") is not None, "pip install hanlab[scapy]")
    program = (sys.executable, "-m", "tests.testing.scapy_layers.scapy_air", *words)
    done = subprocess.run(program, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_emulated_hub_answers_a_packet_with_its_beacon() -> None:
    first, second, *heard, refused = told()

    assert first == second == "True"
    assert [line for line in heard if "Beacon" in line and "ZigBeeBeacon" in line]
    assert refused.startswith("126 octets")


@pytest.mark.slow
def test_packet_goes_over_a_dongle(tmp_path: Path) -> None:
    shipment = tmp_path / "home.csv"
    shipment.write_bytes(SHIPMENT)
    options = ("--kind", "spinel", "--devices", str(shipment), "--with-hub")
    with served_dongle(tmp_path / "port", options) as dongle:
        first, _, *heard, _ = told(dongle.port)

    assert first == "True"
    assert [line for line in heard if "ZigBeeBeacon" in line]
