from pathlib import Path

from emulator.kernel.identity import Eui64
from emulator.kernel.trace import Record
from emulator.kernel.units import Instant
from emulator.lab.home.sightings import Sightings, displays_of
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.facts import PowerChanged
from emulator.smart_energy.home.home_seen import HomeSeen

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"
METER, HUB = Eui64(1), Eui64(2)


def noted() -> Sightings:
    sightings = Sightings()
    gas = HomeSeen(supply=HUB, fuel="gas")
    power = HomeSeen(supply=METER, fuel="electricity")
    for at, node, fact in ((1, "IHD", gas), (2, "IHD", power), (3, "CAD", power), (4, "IHD", gas)):
        sightings.note(Record(Instant(at), node, fact))
    sightings.note(Record(Instant(5), "IHD", PowerChanged(on=False)))
    return sightings


def test_last_sight_of_each_supply_is_electricity_first() -> None:
    assert [(each.at, each.seen.fuel) for each in noted().last("IHD")] == [
        (2, "electricity"),
        (4, "gas"),
    ]


def test_last_sight_of_each_element_is_that_of_the_first_one_first() -> None:
    sightings = Sightings()
    for at, element in ((1, 2), (2, 1), (3, 2)):
        seen = HomeSeen(supply=METER, fuel="electricity", element=element)
        sightings.note(Record(Instant(at), "IHD", seen))

    assert [(each.at, each.seen.element) for each in sightings.last("IHD")] == [(2, 1), (3, 2)]


def test_supply_was_seen_by_every_display() -> None:
    assert [each.display for each in noted().of_supply(METER)] == ["IHD", "CAD"]


def test_displays_are_those_that_read() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())

    assert displays_of(lab.home()) == [("PPMID", "PPMID"), ("IHD", "IHD"), ("CAD", "CAD")]
