"""A display reads the electricity meter under the key that the hub made for the two."""

from pathlib import Path

import pytest

from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.facts import AttributesRead, PartnerKeyDeclined, PartnerKeyInstalled
from emulator.smart_energy.primitives import LinkPartner
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.key_policy import needs_link_key
from emulator.zcl.settings import ZclSettings

SHIPMENT = Path(__file__).parents[2] / "scenarios/shipments/dual-fuel.csv"


def commissioned() -> Lab:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    commission(lab, lab.home())
    return lab


@pytest.mark.parametrize("name", ["IHD", "CAD"])
def test_display_without_a_device_log_takes_the_key_that_the_meter_asked_for(name: str) -> None:
    lab = commissioned()
    meter, display = lab.home().device("ESME"), lab.home().device(name)

    meter.post(LinkPartner(display.description.eui64))
    lab.run("1 min")

    readings = [
        fact.outcome
        for _, fact in lab.trace.of(AttributesRead, display.name)
        if fact.peer == meter.description.eui64 and fact.cluster == METERING.id
    ]
    assert readings == ["answered"]
    assert needs_link_key(METERING.id, ZclSettings())
    assert len(list(lab.trace.of(PartnerKeyInstalled))) == 2


def test_display_with_a_device_log_takes_a_key_only_of_a_device_that_is_in_it() -> None:
    lab = commissioned()
    meter, display = lab.home().device("ESME"), lab.home().device("PPMID")

    meter.post(LinkPartner(display.description.eui64))
    lab.run("1 min")

    declined = [fact.partner for _, fact in lab.trace.of(PartnerKeyDeclined, display.name)]
    assert declined == [meter.description.eui64]
