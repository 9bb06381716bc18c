"""A device that was removed comes back under the key it had, or else with its install code."""

from pathlib import Path

import pytest

from emulator.crypto.install_code import InstallCode
from emulator.lab.home.home import Home, has_agreed_key
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.facts import HistoricKeyTaken, HistoricKeyUnused
from emulator.smart_energy.primitives import PermitJoin, Register, Unregister

SHIPMENT = Path(__file__).parents[2] / "scenarios/shipments/dual-fuel.csv"
WRONG_CODE = InstallCode.from_octets(bytes(16))
WINDOW = 90


def commissioned() -> tuple[Lab, Home]:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    home = lab.home()
    commission(lab, home)
    return lab, home


@pytest.mark.parametrize("name", ["PPMID", "GSME"])
def test_device_that_was_away_when_it_was_removed_returns_without_its_install_code(
    name: str,
) -> None:
    lab, home = commissioned()
    device = home.device(name)
    eui64 = device.description.eui64
    device.power_off()
    home.hub.post(Unregister(eui64))
    lab.run("1 h")

    home.hub.post(Register(eui64, WRONG_CODE, historic_window=WINDOW))
    home.hub.post(PermitJoin(WINDOW))
    device.power_on()
    lab.run("1 h")

    assert has_agreed_key(device)
    assert [fact.device for _, fact in lab.trace.of(HistoricKeyTaken)] == [eui64]


def test_device_that_was_told_to_leave_returns_with_its_install_code() -> None:
    lab, home = commissioned()
    device = home.device("PPMID")
    eui64 = device.description.eui64
    home.hub.post(Unregister(eui64))
    lab.run("1 min")
    assert not device.joined
    device.power_off()
    code = home.shipped(device).install_code
    assert code is not None

    home.hub.post(Register(eui64, code, historic_window=WINDOW))
    home.hub.post(PermitJoin(WINDOW))
    device.power_on()
    lab.run("10 min")

    assert has_agreed_key(device)
    assert [fact.device for _, fact in lab.trace.of(HistoricKeyUnused)] == [eui64]
    assert not list(lab.trace.of(HistoricKeyTaken))


def test_device_that_returns_while_it_is_not_registered_is_told_to_leave() -> None:
    lab, home = commissioned()
    device = home.device("PPMID")
    device.power_off()
    home.hub.post(Unregister(device.description.eui64))

    device.power_on()
    lab.run("10 min")

    assert not device.joined
    assert not device.snapshot()["member"]
