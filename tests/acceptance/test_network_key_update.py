"""A home gets another network key: everybody uses it, also who slept or had no power."""

from pathlib import Path

from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.primitives import UpdateNetworkKey
from emulator.zigbee.nwk.primitives import NlmeSetKeyRequest

SHIPMENT = Path(__file__).parents[2] / "scenarios/shipments/dual-fuel.csv"


def network_keys(device: SmartEnergyDevice) -> set[int]:
    """The numbers of the network keys that a device holds."""
    assert device.assembly is not None
    return {each.sequence for each in device.assembly.keys if isinstance(each, NlmeSetKeyRequest)}


def test_every_device_switches_and_one_without_power_gets_the_key_when_it_returns() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    home = lab.home()
    commission(lab, home)
    away = home.device("PPMID")
    away.power_off()

    home.hub.post(UpdateNetworkKey())
    lab.run("10 min")
    away.power_on()
    lab.run("10 min")

    used = {device.name: device.snapshot()["nwk"]["keys"]["active"] for device in home}
    assert used == dict.fromkeys(used, 1)
    assert all(device.joined for device in home.joiners)


def test_two_updates_later_the_first_key_is_forgotten() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    home = lab.home()
    commission(lab, home)

    for _ in range(2):
        home.hub.post(UpdateNetworkKey())
        lab.run("5 min")

    assert network_keys(home.hub) == network_keys(home.device("ESME")) == {1, 2}
