"""A device is exchanged, and the home works as before."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.bench.interoperability.device_sets import device_set
from emulator.bench.interoperability.event import DeviceSet
from emulator.bench.interoperability.exchanges import exchange_device
from emulator.bench.interoperability.meetings import mixed
from emulator.lab.installing.visits import plan
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.steps.unmet import StepFailed

RED = DeviceSet("red", device_set("uept-smets2", Path("none")))
BLUE = DeviceSet("blue", device_set("uept-smets2", Path("none"), 1))


def test_the_new_meter_is_commissioned_and_read_and_the_old_one_gone() -> None:
    old, new = RED.device("ESME"), BLUE.device("ESME")
    assert old is not None
    assert new is not None
    lab = Lab(mixed(RED, old, replace(new, mpxn="")), LabOptions())
    work = plan(lab)

    told = exchange_device(work, old.eui64, new.eui64)

    assert told == "ESME 2 works in the place of ESME"
    assert work.side.status(old.eui64) == "Decommissioned"
    assert work.side.status(new.eui64) == "Commissioned"
    assert [device.joined for device in work.home.joiners] == [False, True]


def test_a_new_meter_that_does_not_join_fails_at_its_step() -> None:
    old, new = RED.device("ESME"), BLUE.device("ESME")
    assert old is not None
    assert new is not None
    lab = Lab(mixed(RED, old, replace(new, mpxn="")), LabOptions())
    work = plan(lab)
    lab.out_of_reach(work.home.hub, work.home.joiners[1])

    with pytest.raises(StepFailed, match="ESME 2 joins under its install code"):
        exchange_device(work, old.eui64, new.eui64)
