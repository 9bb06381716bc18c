"""A real dongle with EZSP firmware: it tells what it is, and listens on every channel.

    HANLAB_ON_AIR_EZSP=/dev/ttyUSB0 .venv/bin/python -m pytest -m on_air tests/on_air

It is on no network meanwhile, and sends nothing.
"""

from functools import partial
from typing import TYPE_CHECKING

import pytest

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from emulator.lab.radios.paced_clock import PacedClock
from emulator.radio.phy.pages import CHANNELS
from hardware.ezsp_kind import EZSP
from hardware.line.opening import open_line
from tests.on_air.on_air_bench import EZSP_DONGLE, port_of

if TYPE_CHECKING:
    from emulator.lab.sniffing.kinds import SniffedFrame

pytestmark = pytest.mark.on_air


def test_it_tells_firmware_version_and_eui64() -> None:
    told = EZSP.probe(port_of(EZSP_DONGLE))

    assert told.protocol.startswith("EZSP ")
    assert "EmberZNet" in told.firmware
    assert len(told.eui64) == 16


def test_it_listens_on_every_channel() -> None:
    port = port_of(EZSP_DONGLE)
    EZSP.probe(port)
    clock = PacedClock()
    scheduler = Scheduler(clock)
    heard: list[SniffedFrame] = []
    sniffer = EZSP.sniffer(port, scheduler, heard.append)
    sniffer.attach(clock.open("sniffer", partial(open_line, port), sniffer.receive))
    try:
        for number, channel in enumerate(CHANNELS, start=1):
            sniffer.tune(channel)
            scheduler.run(Instant(seconds(number)))
    finally:
        clock.close()

    assert sniffer.troubles == ""
    assert {frame.channel for frame in heard} <= set(CHANNELS)
