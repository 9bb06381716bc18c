"""The bench's end of a wire; the test holds the other, with an emulated home behind it."""

import subprocess
import sys
from pathlib import Path

import pytest

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.running.itch_wire import ItchWire
from emulator.bench.running.outside import Outside, check_url
from emulator.gbcs.gfi import GfiDecoder, GfiFrame, encode_gfi
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import load
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.text_files import read_text
from emulator.kernel.units import Instant, seconds
from emulator.lab.cli import main
from emulator.lab.radios.paced_clock import PacedClock
from emulator.testing.scenes.captured_homes import SHIPMENT
from emulator.testing.scenes.gfi_scene import METER, command, served

CAMPAIGN = """
name = "behind an ITCH"
mode = "{mode}"
shipment = "home.csv"
[[devices]]
name = "meter"
kind = "ESME"
radio = "itch:{port}"
[select]
use_cases = ["ECS17b"]
checks = ["success", "wrong-mac"]
"""


def campaign(tmp_path: Path, mode: str = "itch") -> Path:
    (tmp_path / "home.csv").write_bytes(SHIPMENT)
    path = tmp_path / "c.toml"
    path.write_text(CAMPAIGN.format(mode=mode, port=tmp_path / "itch"))
    return path


def parsed(path: Path) -> Campaign:
    return parse_campaign(path, read_text(path))


def test_command_goes_down_the_wire_and_the_response_comes_up(tmp_path: Path) -> None:
    far = load("hanlab.lines", "serve")(str(tmp_path / "itch"), beyond_loopback=False)
    clock = PacedClock()
    scheduler, came = Scheduler(clock), list[bytes]()
    wire = ItchWire(far.name, scheduler, came.append)
    wire.open(clock)
    home = served("ESME")

    wire.down(command(60).encode())
    (frame,) = GfiDecoder().feed(far.read())
    assert isinstance(frame, GfiFrame)
    home.give(frame.octets, METER)
    far.write(b"noise\r\n" + b"".join(encode_gfi(GfiFrame(each)) for each in home.take()))
    assert scheduler.run(Instant(seconds(5)), stop=lambda: bool(came))

    clock.close()
    far.close()
    assert len(came) == 1


def test_wire_that_is_not_there_is_told(tmp_path: Path) -> None:
    clock = PacedClock()
    wire = ItchWire(str(tmp_path / "none"), Scheduler(clock), list[bytes]().append)

    with pytest.raises(EnvironmentFault, match="no such port"):
        wire.open(clock)


def test_campaign_over_a_wire_is_one_of_service_mode_itch(tmp_path: Path) -> None:
    assert parsed(campaign(tmp_path)).devices[0].radio.startswith("itch:")
    with pytest.raises(UsageError, match="needs mode = 'itch'"):
        parsed(campaign(tmp_path, "gfi"))


def test_port_of_a_wire_is_checked() -> None:
    check_url("itch:/dev/ttyS0?baud=9600")
    with pytest.raises(UsageError):
        check_url("itch:ftp://x")
    with pytest.raises(UsageError):
        check_url("itch:")
    assert not Outside(url="itch:/dev/ttyS0").rehearsed
    assert Outside(url="itch:/dev/ttyS0").radios == {}


@pytest.mark.slow
def test_campaign_is_run_against_a_served_itch(tmp_path: Path) -> None:
    file, port = campaign(tmp_path), tmp_path / "itch"
    words = ("itch", "serve", "--port", str(port), "--devices", str(tmp_path / "home.csv"))
    program = "from emulator.lab.cli import main; main()"
    itch = subprocess.Popen((sys.executable, "-c", program, *words), stdout=subprocess.PIPE)
    try:
        assert itch.stdout is not None
        assert b"SM WAN disabled" in itch.stdout.readline()
        with pytest.raises(SystemExit) as end:
            main(["bench", "run", str(file), "--out", str(tmp_path / "out")])
    finally:
        itch.kill()
        itch.communicate()

    assert end.value.code == 0
    assert "the hub is wired to the bench" in (tmp_path / "out" / "report.html").read_text()
