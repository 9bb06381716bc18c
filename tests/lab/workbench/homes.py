"""A small home without power and what looks at it, for the tests beside this."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from emulator.lab.home.home import Home
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import open_home
from emulator.lab.laboratory import LabOptions
from emulator.lab.serving.estate import open_estate
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.workbench.home_watch import HomeWatch
from emulator.smart_energy.primitives import FormNetwork

Result = TypeVar("Result")
SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv"


class OwnLoop:
    """Does work at once: the caller is the loop."""

    def call(self, work: Callable[[], Result]) -> "Future[Result]":
        done: Future[Result] = Future()
        done.set_result(work())
        return done


def watched_home() -> HomeWatch:
    return HomeWatch(open_home(SHIPMENT, LabOptions(name="test")))


def watched_homes() -> HomeWatch:
    """Two homes, each with an air of its own."""
    first, *others = open_estate(read_shipment(SHIPMENT), 2, LabOptions(name="test")).homes
    return HomeWatch(first, others)


def begin(work: Installation, for_: str = "1 min") -> Home:
    """The hub gets power and forms its network."""
    work.home.hub.power_on()
    work.home.hub.post(FormNetwork())
    work.side.connect(work.home.hub)
    work.lab.run(for_)
    return work.home
