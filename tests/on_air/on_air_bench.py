"""Real dongles as the two places of a bench; which ones, environment variables say."""

import os
from functools import partial
from typing import Final

import pytest

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Duration, Instant
from emulator.lab.radios.paced_clock import PacedClock
from emulator.radio.port import Radio, RadioEvent
from emulator.testing.stack.radio_contract import SETTLING, Place
from hardware.line.opening import open_line
from hardware.spinel.driver import SpinelRadio
from hardware.spinel_kind import SPINEL

DONGLE: Final = "HANLAB_ON_AIR"
"""Environment variable: the port of the dongle under test."""
PEER: Final = "HANLAB_ON_AIR_PEER"
"""Environment variable: the port of a second dongle within reach of the first."""

EZSP_DONGLE: Final = "HANLAB_ON_AIR_EZSP"
"""Environment variable: the port of a dongle with EZSP firmware."""


def port_of(variable: str) -> str:
    """The port that a variable names; the test is skipped without one."""
    port = os.environ.get(variable, "")
    if not port:
        pytest.skip(f"{variable} names no port")
    return port


class OnAirBench:
    """Implements `radio_contract.RadioBench` with dongles; nothing can be jammed."""

    def __init__(self, *places: tuple[Place, str]) -> None:
        self._clock = PacedClock()
        self.scheduler = Scheduler(self._clock)
        self._radios: dict[Place, SpinelRadio] = {}
        self._events: dict[Place, list[RadioEvent]] = {}
        for place, port in places:
            SPINEL.probe(port)
            radio = SpinelRadio(place, self.scheduler)
            self._events[place] = []
            radio.connect(self._events[place].append)
            radio.attach(self._clock.open(place, partial(open_line, port), radio.receive))
            radio.power(on=True)
            self._radios[place] = radio
        self.run(SETTLING)

    def radio(self, place: Place) -> Radio:
        return self._radios[place]

    def events(self, place: Place) -> list[RadioEvent]:
        return self._events[place]

    def run(self, duration: Duration) -> None:
        self.scheduler.run(Instant(self.scheduler.now + duration))

    def jam(self) -> None:
        pytest.skip("nothing on this bench jams a channel")

    def close(self) -> None:
        for radio in self._radios.values():
            radio.power(on=False)
        self.run(SETTLING)
        self._clock.close()
