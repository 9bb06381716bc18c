"""Wireshark's dissectors read what two and three MAC nodes put on the air."""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from emulator.kernel.units import Calendar, milliseconds, seconds
from emulator.radio.capture import Capture, CaptureKey, KeyKind
from emulator.radio.key_file import key_file
from emulator.testing.judges.judges import require
from emulator.testing.stack.mac_bench import CHANNEL, MacBench
from emulator.zigbee.addresses import BROADCAST_ALL, COORDINATOR, NwkAddress
from emulator.zigbee.mac.primitives import (
    CapabilityInformation,
    McpsDataRequest,
    MlmePollRequest,
    MlmeScanRequest,
    MlmeSetRequest,
    ScanKind,
)

SHARED = Path(os.environ.get("HANLAB_SHARED", "../shared"))
CHECK = SHARED / "oracles/tshark_check.py"
KEY = CaptureKey(bytes(range(16)), "network key", KeyKind.NETWORK, 0x5A17)
ESME = NwkAddress(0x1234)
GSME = NwkAddress(0x2345)


def nwk_frame(destination: int, source: int, sequence: int) -> bytes:
    """An unsecured NWK data frame with an APS acknowledgement, which every dissector knows."""
    return (
        bytes.fromhex("0800")  # data, protocol version 2
        + destination.to_bytes(2, "little")
        + source.to_bytes(2, "little")
        + bytes((30, sequence))  # radius, sequence number
        + bytes.fromhex("02 01 0000 0901 01")  # acknowledgement, endpoint, cluster, profile
        + bytes((sequence,))
    )


@pytest.fixture
def tshark() -> str:
    found = which("tshark")
    require("tshark", found is not None, "apt-get install tshark")
    assert found is not None
    return found


@pytest.fixture
def captured(tmp_path: Path) -> Path:
    """The capture of a home: scans, two associations, a refusal, data, polls, a device gone."""
    bench = MacBench("hub", "esme", "gsme", "cad", seed=7, loss=0.05)
    capture = Capture(Calendar())
    bench.bench.air.listen(capture.observe)
    bench.form("hub")
    bench.admit("hub", {"esme": ESME, "gsme": GSME})
    bench.ask("gsme", MlmeSetRequest(rx_on_when_idle=False))
    for name in ("esme", "gsme", "cad"):
        bench.ask(name, MlmeScanRequest(ScanKind.ACTIVE, (CHANNEL,), 3))
        bench.run(milliseconds(200))
        bench.associate(name, CapabilityInformation(rx_on_when_idle=name == "esme"))
    for number in range(5):
        bench.ask("hub", McpsDataRequest(number, ESME, nwk_frame(ESME, 0, number)))
        bench.ask("esme", McpsDataRequest(number, COORDINATOR, nwk_frame(0, ESME, number)))
        frame = nwk_frame(GSME, 0, 100 + number)
        bench.ask("hub", McpsDataRequest(100 + number, GSME, frame, indirect=True))
        bench.ask("gsme", MlmePollRequest(COORDINATOR))
        bench.run(seconds(1))
    bench.ask("hub", McpsDataRequest(200, BROADCAST_ALL, nwk_frame(0xFFFC, 0, 200)))
    bench.ask("hub", McpsDataRequest(201, NwkAddress(0x7777), nwk_frame(0x7777, 0, 201)))
    bench.run(seconds(1))
    path = tmp_path / "mac.pcapng"
    path.write_bytes(capture.document((KEY,)))
    return path


def rows(tshark: str, path: Path, *fields: str) -> list[list[str]]:
    wanted = [argument for field in fields for argument in ("-e", field)]
    command = [tshark, "-r", str(path), "-T", "fields", *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.mark.usefixtures("tshark")
def test_every_frame_dissects_without_a_complaint(captured: Path) -> None:
    require("tshark_check.py", CHECK.exists(), "set HANLAB_SHARED to the shared data")
    keys = captured.with_suffix(".keys")
    keys.write_text(key_file((KEY,)))
    command = [sys.executable, str(CHECK), str(captured), "--keys", str(keys)]

    done = subprocess.run(
        [*command, "--min-frames", "60"], capture_output=True, text=True, check=False
    )

    said: dict[str, Any] = json.loads(done.stdout)
    assert said["ok"], said
    assert said["protocols"]["zbee_beacon"] >= 3


def test_wireshark_sees_channel_strength_and_a_right_fcs(tshark: str, captured: Path) -> None:
    fields = ("wpan-tap.ch_num", "wpan-tap.ch_page", "wpan-tap.rss", "wpan.fcs_ok")

    seen = {tuple(row) for row in rows(tshark, captured, *fields)}

    assert seen == {("11", "0", "-60", "1")}


def test_wireshark_names_every_command_of_the_join(tshark: str, captured: Path) -> None:
    names = {row[0] for row in rows(tshark, captured, "wpan.cmd")}

    assert names >= {"0x01", "0x02", "0x04", "0x07"}
