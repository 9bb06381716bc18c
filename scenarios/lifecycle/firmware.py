"""Meters get new firmware over the HAN, verify it, and run it when their supplier says so."""

from dataclasses import replace

from emulator.dcc.facts import DeviceAlertReceived
from emulator.equipment.announced_images import announced_image
from emulator.gbcs.ota_image import OtaImage
from emulator.gbcs_device.facts import ImageHeld, ImageRefused
from emulator.kernel.identity import format_eui64
from emulator.lab.installing.firmware_images import firmware_image
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.installing.visits import begin, fit_hub, install_electricity, install_gas
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.ota.primitives import OfferImage

SOURCES = (
    Source("GBCS", "11.2, use cases CS06, ECS52, GCS38"),
    Source("DUIS 5.4", "SRV 11.1, 11.2, 11.3"),
)
TAGS = ("firmware", "ota", "dcc", "inventory", "gbcs")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"
NEW_VERSION = "01020400"
STOLEN_VERSION = "01020500"
MAKERS_IMAGE = b"firmware of the maker " * 20
VERIFIED, NOT_VERIFIED, CHANGED = 0x8F72, 0x8F1C, 0x8F43


def run(lab: Lab) -> None:
    """Both meters are brought up to date; wrong images and wrong hashes change nothing."""
    lab.home_needs("ESME", "GSME")
    work = begin(lab)
    esme, gsme = work.home.device("ESME"), work.home.device("GSME")
    fit_hub(work)
    install_electricity(work, esme)
    install_gas(work, gsme)
    for meter in (esme, gsme):
        file = firmware_image(work, meter, NEW_VERSION, MAKERS_IMAGE)
        old = work.home.shipped(meter).firmware
        refuse(work, meter, file.image_hash, f"the {meter.name} holds no image to activate", old)
        distribute(work, meter, file)
        refuse(work, meter, bytes(32), f"the {meter.name} does not run it by another hash", old)
        activate(work, meter, file)
        show(work, meter)
    spoil(work, esme)


def distribute(work: Installation, meter: SmartEnergyDevice, file: OtaImage) -> None:
    """The supplier has an image sent, the hub hands it over, the meter verifies it."""
    told_of = {
        "DeviceIDList": format_eui64(meter.description.eui64),
        "FirmwareVersion": NEW_VERSION,
        "FirmwareImage": file.encode(),
    }
    asked = Ask(srv="11.1", clause="DUIS 5.4 SRV 11.1", parameters=told_of)
    work.ask(f"an image for the {meter.name} is sent", asked)
    step = work.lab.step(f"the {meter.name} fetched and verified it", "GBCS 11.2.6")
    step.until(
        lambda: any(
            fact.image_hash == file.image_hash.hex()
            for _, fact in work.lab.trace.of(ImageHeld, meter.name)
        ),
        within="3 h",
    )
    alerted(work, meter, VERIFIED, f"the {meter.name} told its supplier so")


def activate(work: Installation, meter: SmartEnergyDevice, file: OtaImage) -> None:
    """The supplier names the image by its hash, and the meter runs it."""
    asked = Ask(
        srv="11.3",
        clause="GBCS CS06",
        target=meter.description.eui64,
        parameters={"image_hash": file.image_hash},
        within="2 h",
    )
    work.ask(f"the {meter.name} activates it", asked)
    alerted(work, meter, CHANGED, f"the {meter.name} told that other firmware runs")


def show(work: Installation, meter: SmartEnergyDevice) -> None:
    """The meter and the inventory agree on what runs."""
    about = meter.description.eui64
    asked = Ask(srv="11.2", clause="GBCS ECS52, GCS38", target=about, within="2 h")
    work.ask(f"the version of the {meter.name} is read", asked)
    step = work.lab.step(f"the inventory has the new version of the {meter.name}", "DUIS 5.4")
    step.expect(lambda: listed(work, meter) == NEW_VERSION, listed(work, meter))


def refuse(
    work: Installation, meter: SmartEnergyDevice, image_hash: bytes, name: str, old: str
) -> None:
    """An activation that the meter answers with a refusal; nothing else runs afterwards."""
    step = work.lab.step(name, "GBCS CS06")
    asked = Ask(
        srv="11.3",
        clause="GBCS CS06",
        target=meter.description.eui64,
        parameters={"image_hash": image_hash},
    )
    request = work.send(asked).request_id
    mailbox = work.side.dcc.mailbox
    step.until(lambda: mailbox.response(request) is not None, within="2 h")
    response = mailbox.response(request)
    step = work.lab.step(f"{name}: its firmware is as before", "GBCS CS06")
    step.expect(
        lambda: response is not None and not response.successful and listed(work, meter) == old,
        listed(work, meter),
    )


def spoil(work: Installation, meter: SmartEnergyDevice) -> None:
    """An image that was changed on its way is dropped, and told of."""
    file = firmware_image(work, meter, STOLEN_VERSION, MAKERS_IMAGE)
    stolen = replace(file, image=MAKERS_IMAGE[::-1])
    step = work.lab.step(f"the {meter.name} drops an image that was changed", "GBCS 11.2.6")
    offer = OfferImage(meter.description.eui64, announced_image(stolen.encode()))
    step.do(lambda: work.home.hub.post(offer))
    step.until(lambda: any(work.lab.trace.of(ImageRefused, meter.name)), within="3 h")
    alerted(work, meter, NOT_VERIFIED, f"the {meter.name} told its supplier so")
    refuse(work, meter, stolen.image_hash, "what was dropped is not activated", NEW_VERSION)


def alerted(work: Installation, meter: SmartEnergyDevice, code: int, name: str) -> None:
    """The DCC hears an alert of a meter."""
    about = meter.description.eui64
    work.lab.step(name, "GBCS 16.2").until(
        lambda: any(
            (fact.device, fact.code) == (about, code)
            for _, fact in work.lab.trace.of(DeviceAlertReceived)
        ),
        within="2 h",
    )


def listed(work: Installation, meter: SmartEnergyDevice) -> str:
    """The version in the inventory."""
    device = work.side.inventory.device(meter.description.eui64)
    return "" if device is None else device.model.firmware
