"""A home of one electricity meter that is up; made once, as installing takes a while."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import bring_up, every_device, open_home
from emulator.lab.interactive.session import Session
from emulator.lab.laboratory import LabOptions

SHIPMENTS = Path(__file__).parents[2] / "data" / "shipments"


@pytest.fixture(scope="session")
def home() -> Installation:
    work = open_home(SHIPMENTS / "one-meter.csv", LabOptions())
    bring_up(work, every_device(work))
    return work


@pytest.fixture
def printed() -> StringIO:
    return StringIO()


@pytest.fixture
def session(home: Installation, printed: StringIO) -> Session:
    return Session(home, Console(file=printed, width=100), lambda out: out / "report.html")
