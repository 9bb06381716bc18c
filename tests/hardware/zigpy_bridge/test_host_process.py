"""The process that drives a dongle with zigpy: judged where it runs, on our virtual dongle."""

import json
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from emulator.crypto.install_code import InstallCode
from emulator.testing.judges.judges import require
from emulator.testing.served.served_dongle import served_dongle
from hardware.virtual.ezsp_messages import LONGEST_INCOMING

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE = "hardware.zigpy_bridge.host_process"
ROOT = Path(__file__).parents[3]
METERS = ROOT / "tests" / "data" / "shipments" / "two-meters.csv"
METER = "00db1234567890a0"


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


@pytest.mark.slow
def test_a_message_longer_than_a_frame_goes_and_is_answered_in_blocks(tmp_path: Path) -> None:
    require("bellows", find_spec("bellows") is not None, "pip install hanlab[zigpy]")
    options = ("--kind", "ezsp", "--devices", str(METERS))
    with served_dongle(tmp_path / "port", options) as dongle, driven(dongle.port) as process:
        heard(process, "ready")
        key = InstallCode.parse("83FED3407A939723A5C639B26916D505C3B5").link_key.hex()
        told(process, do="admit", eui64=METER, key=key, seconds=200)
        joined = heard(process, "joined", eui64=METER)
        heard(process, "message", source=joined["address"])  # it has the network key now
        read = b"\x00\x07\x00" + b"".join(n.to_bytes(2, "little") for n in range(60))
        told(
            process,
            do="send",
            handle=5,
            address=joined["address"],
            profile=0x0109,
            cluster=0,
            source_endpoint=3,
            endpoint=1,
            asdu=read.hex(),
            ack=True,
            link_key=False,
        )
        sent = heard(process, "sent")
        answer = heard(process, "message", cluster=0)

    assert (sent["handle"], sent["reason"]) == (5, "")
    assert answer["asdu"].startswith("180701")
    assert len(answer["asdu"]) > 2 * LONGEST_INCOMING


@pytest.mark.slow
def test_a_dongle_that_is_pulled_out_is_told(tmp_path: Path) -> None:
    require("bellows", find_spec("bellows") is not None, "pip install hanlab[zigpy]")
    port = tmp_path / "port"
    with served_dongle(port, ("--kind", "ezsp")) as dongle, driven(dongle.port) as process:
        heard(process, "ready")
        dongle.process.kill()

        assert heard(process, "lost")["event"] == "lost"


@contextmanager
def driven(port: str) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(
        [sys.executable, "-m", MODULE, port, "3"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=20)


def told(process: "subprocess.Popen[str]", **fields: object) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(fields) + "\n")
    process.stdin.flush()


def heard(process: "subprocess.Popen[str]", event: str, **fields: object) -> dict[str, Any]:
    """The next event of that name, and with these fields."""
    assert process.stdout is not None
    for line in process.stdout:
        found: dict[str, Any] = json.loads(line)
        if {"event": event, **fields}.items() <= found.items():
            return found
    raise AssertionError(f"no {event}")
