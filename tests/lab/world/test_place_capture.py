from pathlib import Path

from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.world.place_capture import PlaceCapture

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


def test_a_capture_holds_what_its_place_sends_and_hears_and_nothing_else() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    at_hub, far = PlaceCapture(lab.world, "CHF"), PlaceCapture(lab.world, "next street")
    for name in ("CHF", "ESME"):
        lab.links.set_rss("next street", name, None)

    commission(lab, lab.home())

    assert at_hub.frames == lab.frames() > 40
    assert far.frames == 0
    assert at_hub.document().startswith(b"\x0a\x0d\x0d\x0a")
