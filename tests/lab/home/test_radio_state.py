from pathlib import Path

import pytest

from emulator.kernel.errors import LocalError
from emulator.lab.home.radio_state import channel_of, next_hop_of, pan_id_of, power_of
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.radio.bands import BOTH_BANDS, Band

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


@pytest.fixture(scope="module")
def lab() -> Lab:
    """A dual-band hub and a meter below 1 GHz."""
    made = Lab(read_shipment(SHIPMENT), LabOptions(name="state"))
    made.differ("CHF", bands=BOTH_BANDS)
    made.differ(made.first_joiner(), bands=(Band.SUB_GHZ,))
    commission(made, made.home())
    return made


def test_both_are_on_one_pan_and_meet_on_the_channel_below_1_ghz(lab: Lab) -> None:
    hub, meter = lab.home().devices

    assert channel_of(hub).page == 0
    assert channel_of(hub, Band.SUB_GHZ) == channel_of(meter) != channel_of(hub)
    assert pan_id_of(hub) == pan_id_of(meter)


def test_each_is_the_others_next_hop(lab: Lab) -> None:
    hub, meter = lab.home().devices

    assert next_hop_of(meter, hub) == hub.description.eui64
    assert next_hop_of(hub, meter) == meter.description.eui64
    assert next_hop_of(meter, meter) in (None, hub.description.eui64)


def test_power_is_that_of_the_link(lab: Lab) -> None:
    hub, meter = lab.home().devices

    assert -43 <= power_of(meter) <= 14
    assert -43 <= power_of(hub, meter) <= 14


def test_device_without_power_has_no_state() -> None:
    dark = Lab(read_shipment(SHIPMENT), LabOptions(name="dark")).home().hub

    with pytest.raises(LocalError, match="no power"):
        channel_of(dark)
