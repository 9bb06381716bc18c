"""The bridge as a whole, with a process that only says what a test wants, and as a kind."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Instant, seconds
from emulator.lab.radios.coordinators import CoordinatorPlace
from emulator.lab.radios.paced_clock import PacedClock
from emulator.smart_energy.device import PoweredRadio, Surroundings
from emulator.smart_energy.keys.credentials import Credentials
from hardware.zigpy_bridge.coordinator import ZIGPY, ZigpyCoordinator

PROCESS = str(Path(__file__).with_name("scripted_dongle.py"))
READY = {
    "event": "ready",
    "eui64": "02484c0000000001",
    "pan_id": 1,
    "channel": 15,
    "firmware": "x",
    "protocol": "EZSP 13",
    "keys": 4,
}


def _no_radio(_name: str) -> PoweredRadio:
    raise AssertionError("the radio is the dongle's")


def driven(*events: dict[str, Any]) -> ZigpyCoordinator:
    clock = PacedClock()
    scheduler = Scheduler(clock)
    around = Surroundings(scheduler, Streams(1), Trace(), Calendar(), _no_radio)
    place = CoordinatorPlace(
        name="HUB", surroundings=around, lines=clock, credentials=lambda _eui64: Credentials({})
    )
    command = (sys.executable, PROCESS, *(json.dumps(each) for each in events))
    coordinator = ZigpyCoordinator("port", place, command)
    try:
        coordinator.admit(Eui64(5), bytes(16), 10)
        coordinator.close_joining()
        scheduler.run(Instant(seconds(20)), stop=lambda: coordinator.report is not None)
    finally:
        clock.close()
    return coordinator


def test_it_reports_what_the_dongle_is() -> None:
    report = driven({"event": "odd"}, READY).report

    assert report is not None
    assert (report.eui64, report.channel, report.keys) == (0x02484C0000000001, 15, 4)


def test_a_dongle_that_is_not_reached_is_an_environment_fault() -> None:
    with pytest.raises(EnvironmentFault, match=r"port: zigpy does not get through.*no such port"):
        driven({"event": "failed", "reason": "no such port"})


def test_a_dongle_that_is_pulled_out_is_one_too() -> None:
    with pytest.raises(EnvironmentFault, match="port: unplugged: plug the dongle in again"):
        driven({"event": "lost", "reason": ""})


def test_a_key_that_is_not_taken_is_one_too() -> None:
    with pytest.raises(EnvironmentFault, match="takes no link key of 5: full"):
        driven({"event": "key", "eui64": "5", "installed": False, "reason": "full"})


def test_a_port_that_is_none_is_refused_before_anything_is_opened() -> None:
    with pytest.raises(UsageError):
        ZIGPY.check("tcp://nowhere")


def test_what_a_stock_dongle_cannot_do_is_known() -> None:
    assert any("2.4 GHz only" in limit for limit in ZIGPY.limits)
