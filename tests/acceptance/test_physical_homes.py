"""Homes on the physical air: what their captures say of channel, page and strength."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from emulator.lab.inputs.overrides import Overrides
from emulator.lab.inputs.scenario_files import INSTALLED, find_scenario, load_scenario
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.testing.judges.judges import require

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"


def ran(name: str, **settings: object) -> Lab:
    changed = {("propagation", key): value for key, value in settings.items()}
    lab = Lab(read_shipment(SHIPMENT), LabOptions(overrides=Overrides(rooms=changed)))
    load_scenario(find_scenario(name))(lab)
    return lab


@pytest.fixture(scope="module")
def home() -> Lab:
    return ran("radio/wifi_1_6_11")


def test_capture_tells_channel_page_and_strength_of_every_frame(home: Lab, tmp_path: Path) -> None:
    require("tshark", which("tshark") is not None, "apt-get install tshark")
    (tmp_path / "han.pcapng").write_bytes(home.capture())
    fields = ("wpan-tap.ch_num", "wpan-tap.ch_page", "wpan-tap.rss")
    command = ["tshark", "-r", str(tmp_path / "han.pcapng"), "-T", "fields"]
    asked = [word for field in fields for word in ("-e", field)]

    output = subprocess.run([*command, *asked], capture_output=True, text=True, check=True).stdout
    rows = [row.split("\t") for row in output.splitlines()]

    assert len(rows) == home.frames()
    assert {page for _, page, _ in rows} == {"0"}
    assert len({number for number, _, _ in rows[-100:]}) == 1
    assert {float(rss) for _, _, rss in rows} > {0.0}
    assert len({float(rss) for _, _, rss in rows}) > 6


def test_frames_are_lost_and_sent_again_where_wifi_is_heard(home: Lab) -> None:
    quiet = ran("radio/quiet_home")

    assert all(step.verdict is Verdict.PASS for step in (*home.steps, *quiet.steps))
    assert home.trace.lines() != quiet.trace.lines()
    assert home.pictures


def test_plan_is_among_the_inputs(home: Lab) -> None:
    assert [each.path for each in home.inputs] == [str(INSTALLED / "plans/terrace-wifi.toml")]


def test_other_models_of_loss_bring_the_home_up_as_well() -> None:
    lab = ran("radio/quiet_home", model="log-distance")

    assert all(step.verdict is Verdict.PASS for step in lab.steps)
