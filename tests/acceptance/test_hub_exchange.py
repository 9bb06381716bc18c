"""Another hub takes over a home: every device finds it, and agrees a new key with it."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.crypto.mmo import mmo
from emulator.kernel.identity import Eui64
from emulator.lab.home.home import Home, has_agreed_key
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.primitives import RestoreTrustCentre
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest

SHIPMENT = Path(__file__).parents[2] / "scenarios/shipments/dual-fuel.csv"
STRANGER = "GSME"


def hashed_keys(home: Home) -> dict[Eui64, bytes]:
    """What the old hub's backups hold."""
    assert home.hub.assembly is not None
    link_keys = (key for key in home.hub.assembly.keys if isinstance(key, ApsmeSetLinkKeyRequest))
    return {each.eui64: mmo(each.key) for each in link_keys if each.key is not None}


@pytest.mark.slow
def test_devices_come_to_the_hub_that_holds_the_hash_of_their_key_and_to_no_other() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    home = lab.home()
    commission(lab, home)
    keys = hashed_keys(home)
    unknown = home.device(STRANGER).description.eui64
    keys[unknown] = bytes(16)
    successor = lab.another(replace(lab.shipment.hub, eui64=Eui64(home.hub.description.eui64 + 9)))
    network = ExtendedPanId(home.hub.description.eui64)

    home.hub.power_off()
    successor.power_on()
    successor.post(RestoreTrustCentre(network, tuple(keys.items())))
    lab.run("3 h")

    back = {device.name for device in home.joiners if with_hub(device, successor)}
    assert back == {"ESME", "PPMID", "HCALCS", "IHD", "CAD"}
    assert not home.device(STRANGER).joined


def with_hub(device: SmartEnergyDevice, hub: SmartEnergyDevice) -> bool:
    """Whether a device has agreed a key with this hub."""
    return has_agreed_key(device) and device.hub == hub.description.eui64
