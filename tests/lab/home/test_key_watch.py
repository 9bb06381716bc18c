from pathlib import Path

from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.home.key_watch import watch_keys
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


def test_network_and_link_keys_are_in_the_ring_under_the_name_of_the_joiner() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    home, ring = lab.home(), KeyRing()
    names = {device.description.eui64: device.name for device in home}
    for device in home:
        watch_keys(device, ring, names, home.hub.description.eui64)

    commission(lab, home)

    labels = [key.label for key in ring.capture_keys()]
    assert any("network key" in label for label in labels)
    assert any("ESME CBKE link key" in label or "ESME cbke" in label for label in labels), labels
    assert not any("CHF" in label for label in labels)
