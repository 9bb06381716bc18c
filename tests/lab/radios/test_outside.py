"""What a run has outside, and which radio is whose."""

import re

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.lab.kept.recording import Recording
from emulator.lab.radios.outside import (
    Outside,
    by_device,
    check_radio,
    radio_device,
    speed_factor,
)
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.radios.replay import Replay

HUB = Eui64(0x00DB1234567890A2)
METER = Eui64(0x00DB1234567890A0)
NAMES = {HUB: "CHF", METER: "ESME"}


@pytest.mark.parametrize(
    ("name", "device"),
    [("hub", "CHF"), ("CHF", "CHF"), ("esme", "ESME"), ("00-DB-12-34-56-78-90-A0", "ESME")],
)
def test_device_is_named_by_duty_type_or_address(name: str, device: str) -> None:
    assert radio_device(name, NAMES, HUB) == device
    assert by_device({name: "spinel:x"}, NAMES, HUB) == {device: "spinel:x"}


@pytest.mark.parametrize("name", ["IHD", "00-00-00-00-00-00-00-01", ""])
def test_unknown_device_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(UsageError, match="expected hub, ESME"):
        radio_device(name, NAMES, HUB)


@pytest.mark.parametrize(("text", "factor"), [("real", 1.0), ("2", 2.0), ("0.5", 0.5)])
def test_speed_is_a_number_or_that_of_the_clock(text: str, factor: float) -> None:
    assert speed_factor(text) == factor


@pytest.mark.parametrize(
    ("url", "real"),
    [("simulated:air", False), ("spinel:virtual", False), ("spinel:/dev/ttyACM0", True)],
)
def test_real_radios_are_told_from_others(url: str, real: bool) -> None:
    assert check_radio("hub", url) is real


def test_run_at_full_speed_has_no_pace() -> None:
    outside = Outside("max", None)

    assert outside.pace is None
    assert outside.recording() == ""


def test_paced_run_tells_its_drift_when_it_is_over() -> None:
    outside = Outside("1000", None)
    notes: list[str] = []
    outside.at_end(lambda: notes.append("first"))
    assert isinstance(outside.pace, PacedClock)
    outside.pace.wait(START, START)

    outside.release(notes.append)
    outside.release(lambda _text: None)

    assert notes[0] == "first"
    assert re.match(r"drift: [01] of 1 events later than 10 ms, the latest ", notes[1])


def test_replay_is_pace_and_lines_in_one() -> None:
    outside = Outside("real", Recording("x", {"hub": "told"}, ()))

    assert isinstance(outside.pace, Replay)
    assert outside.lines.tell("hub", lambda: "not asked") == "told"
    outside.release(lambda _text: None)
