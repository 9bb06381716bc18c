"""Radios of a run on dongles, real ones served in another thread, and virtual ones."""

from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.primitives import FormNetwork
from hardware.line.opening import open_line
from tests.hardware.spinel.far_end import ServedRcp

METERS = Path(__file__).parents[2] / "data" / "shipments" / "two-meters.csv"


def lab(speed: str, **radios: str) -> Lab:
    return Lab(read_shipment(METERS), LabOptions(radios=radios, speed=speed))


def test_device_of_which_nothing_is_said_has_a_simulated_radio() -> None:
    made = lab("max", ESME="simulated:air")

    assert made.home().device("ESME").name == "ESME"
    assert not made.has_real_radio(made.home().hub)
    made.release()


def test_virtual_dongle_is_on_the_air_of_the_run() -> None:
    made = lab("max", hub="spinel:virtual")
    home = made.home()
    home.hub.power_on()
    home.hub.post(FormNetwork())

    made.run("10 s")

    assert home.hub.joined
    assert made.frames() == len(made.chart()) > 5
    assert not made.has_real_radio(home.hub)
    made.release()


def test_real_dongle_is_said_before_the_run_and_its_frames_are_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = str(tmp_path / "dongle")
    with ServedRcp(port):
        made = lab("real", hub=f"spinel:{port}")
        told = capsys.readouterr().err
        home = made.home()
        home.hub.power_on()
        home.hub.post(FormNetwork())
        made.run("2.5 s")
        made.release()
        open_line(port).close()

    assert "CHF: HANLAB-RCP/" in told
    assert "one device at a time" in told
    assert made.notes[0] in told
    assert made.has_real_radio(home.hub)
    assert home.hub.joined
    assert made.frames() == len(made.chart()) > 5
    assert made.recording().count("\n") > 10
    assert made.notes[-1].startswith("drift: ")


def test_dongle_that_is_not_there_is_found_before_anything_starts() -> None:
    with pytest.raises(EnvironmentFault, match="no such port"):
        lab("real", hub="spinel:/dev/absent")


def test_devices_with_dongles_hear_each_other_on_the_real_air_only(tmp_path: Path) -> None:
    first, second = str(tmp_path / "a"), str(tmp_path / "b")
    with ServedRcp(first), ServedRcp(second):
        made = lab("real", hub=f"spinel:{first}", ESME=f"spinel:{second}")
        made.release()

    assert made.links.rss("CHF", "ESME") is None
    assert made.links.rss("CHF", "GSME") is not None
