from pathlib import Path

from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.planning.site_pictures import (
    interference_on,
    show_channels,
    show_links,
    survey_of,
)
from emulator.lab.shipments.shipment import read_shipment

SHIPMENT = Path(__file__).parents[2] / "data/shipments/dual-fuel.csv"


def lab(plan: str = "") -> Lab:
    made = Lab(read_shipment(SHIPMENT), LabOptions())
    if plan:
        made.site.on_plan(plan)
    return made


def test_scenario_on_a_plan_shows_links_and_channels() -> None:
    home = lab("terrace-wifi.toml")

    show_links(home)
    show_channels(home, 25)

    assert [picture.title for picture in home.pictures] == [
        "Mid-terrace house among Wi-Fi: margins at 2.4 GHz",
        "Channels at 2.4 GHz",
    ]


def test_home_without_a_plan_has_nothing_to_show() -> None:
    home = lab()

    show_links(home)
    show_channels(home)

    assert home.pictures == []
    assert survey_of(home) is None
    assert interference_on(home, 11) == (-130.0, -130.0)


def test_wifi_is_louder_on_its_channel_than_beyond() -> None:
    here, loudest = interference_on(lab("terrace-wifi.toml"), 26)

    assert here < -100
    assert loudest > -60
