"""Several homes in one world."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.home.home import has_agreed_key
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.installing.commissioning import commission, form_network, join, register
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import Shipment, read_shipment
from emulator.lab.world.world import World, settings_of
from emulator.zigbee.nwk.facts import NetworkFormed

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"
ROOMS = {"air": type(World(LabOptions()).settings.air)}


def shipment(number: int = 0) -> Shipment:
    """One meter and its hub, with EUI-64s of their own."""
    read = read_shipment(SHIPMENT)
    apart = number << 16
    devices = (replace(each, eui64=Eui64(each.eui64 + apart)) for each in read.devices)
    return replace(read, devices=tuple(devices))


def two_homes(seed: int = 1) -> tuple[Lab, Lab]:
    first = Lab(shipment(), LabOptions(seed=seed), dwelling="flat 1")
    second = first.beside(shipment(1), "flat 2")
    for lab in (first, second):
        commission(lab, lab.home())
    return first, second


def test_settings_are_the_usual_ones_with_what_the_run_changes() -> None:
    overrides = parse_overrides(["air.rss=-70"], ROOMS, None)

    assert settings_of(overrides).air.rss == -70
    assert settings_of(LabOptions().overrides).air.rss != -70


def test_the_capture_is_taken_at_the_place_of_the_first_home() -> None:
    world = World(LabOptions())

    assert world.captures("flat 1 CHF") is world.captures("flat 2 CHF")


def test_two_homes_share_time_air_and_report_and_have_a_network_each() -> None:
    first, second = two_homes()

    assert first.scheduler is second.scheduler
    assert first.steps is second.steps
    names = [row.name for row in first.device_rows()]
    assert names == [f"flat {at} {kind}" for at in (1, 2) for kind in ("CHF", "GPF", "ESME")]
    assert all(has_agreed_key(each) for lab in (first, second) for each in lab.home().joiners)
    places = {(fact.channel, fact.pan_id) for _, fact in first.trace.of(NetworkFormed)}
    assert len(places) == 2


def test_two_homes_run_alike_under_one_seed() -> None:
    assert list(two_homes()[0].trace.lines()) == list(two_homes()[0].trace.lines())


def test_a_device_of_another_home_is_refused() -> None:
    lab = Lab(shipment(), LabOptions(), dwelling="flat 1")

    with pytest.raises(UsageError, match="flat 2: 00-DB-12-34-56-78-90-A0 is in another home"):
        lab.beside(shipment(), "flat 2")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_device_that_the_neighbour_refuses_tries_its_own_home_next(seed: int) -> None:
    first = Lab(shipment(), LabOptions(seed=seed), dwelling="flat 1")
    second = first.beside(shipment(1), "flat 2")
    for lab in (first, second):
        form_network(lab, lab.home())
        register(lab, lab.home(), lab.home().device("ESME"))
        lab.home().permit_join(254)

    for lab in (first, second):
        join(lab, lab.home(), lab.home().device("ESME"), "40 s")

    parents = {row.name: row.parent for row in first.device_rows() if row.type == "ESME"}
    assert parents == {"flat 1 ESME": "flat 1 CHF", "flat 2 ESME": "flat 2 CHF"}
