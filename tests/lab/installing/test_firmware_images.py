"""Images for the devices of a home, signed by who may update them (GBCS 11.2)."""

from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.installing.firmware_images import firmware_image
from emulator.lab.installing.installation import Installation
from emulator.lab.installing.visits import plan
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.emulated import emulated
from emulator.lab.shipments.shipment import read_shipment

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"


def home() -> Installation:
    return plan(emulated(read_shipment(SHIPMENT), LabOptions()))


def test_image_is_for_the_maker_of_the_device_and_signed_by_its_supplier() -> None:
    work = home()

    file = firmware_image(work, work.home.device("ESME"), "01020400", b"image")

    assert (file.header.manufacturer, file.header.file_version) == (0x1027, 0x01020400)
    supplier = work.side.dcc.user("supplier").eui64
    (certificate,) = (
        each.certificate
        for each in work.side.pki.keys
        if each.eui64 == supplier and each.use.name == "DIGITAL_SIGNATURE"
    )
    assert certificate is not None
    file.require_signed_by(certificate.public_key)


@pytest.mark.parametrize("version", ["1", "0102040G", ""])
def test_version_that_is_none_is_refused(version: str) -> None:
    work = home()

    with pytest.raises(UsageError, match="expected 8 hexadecimal digits"):
        firmware_image(work, work.home.device("ESME"), version, b"image")
