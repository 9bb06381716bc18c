"""Which devices have what of upgrades, and that an image crosses a simulated home."""

from pathlib import Path

import pytest

from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.ota.primitives import (
    CheckForImage,
    ImageDownloaded,
    ImageIdentity,
    OfferImage,
    OtaImage,
)
from emulator.smart_energy.ota.server import OtaServer
from emulator.smart_energy.upgrades import running_image
from emulator.testing.judges.device_rules import built
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.primitives import Side

SHIPMENT = Path(__file__).parents[1] / "data" / "shipments" / "dual-fuel.csv"


@pytest.mark.parametrize("kind", ["ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD"])
def test_devices_that_suppliers_manage_fetch_images(kind: str) -> None:
    endpoints = built(kind).description.endpoints

    fetches = any(each.has(OTA_UPGRADE.id, Side.CLIENT) for each in endpoints)
    assert fetches is (kind not in ("IHD", "CAD"))


def test_device_says_which_image_it_runs() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    meter = lab.home().device("ESME").description.endpoints[0]

    assert running_image(meter) == OtaImage(ImageIdentity(0x1027, 0), 0x01020304, b"")


@pytest.mark.parametrize("name", ["ESME", "GSME"])
def test_image_crosses_the_air(name: str) -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=1))
    home = lab.home()
    device = home.device(name)
    images: list[ImageDownloaded] = []
    device.observe((ImageDownloaded,), images.append)
    commission(lab, home)
    identity = running_image(device.description.endpoints[0]).identity
    image = OtaImage(identity, 0x01020305, bytes(range(256)) * 4)

    home.hub.post(OfferImage(device.description.eui64, image))
    device.post(CheckForImage())
    lab.run("2 min")

    assert images == [ImageDownloaded(image)]
    assert home.hub.assembly is not None
    assert any(isinstance(each, OtaServer) for each in home.hub.assembly.machines)
