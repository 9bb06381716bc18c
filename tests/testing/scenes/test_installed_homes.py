"""A home of the kinds of devices that a test asks for."""

from pathlib import Path

from emulator.testing.scenes.installed_homes import installed_home

SHIPMENT = Path(__file__).parents[2] / "data/shipments/dual-fuel.csv"


def test_a_home_has_the_devices_asked_for_and_all_are_commissioned() -> None:
    work = installed_home(SHIPMENT, "ESME")

    (meter,) = work.home.joiners
    assert meter.name == "ESME"
    assert work.side.status(meter.description.eui64) == "Commissioned"
