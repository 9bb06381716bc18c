"""A home: who is in it, by which name, and what its trust centre is told."""

from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.home.home import Home, has_agreed_key
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest
from emulator.zigbee.nwk.primitives import NlmePermitJoiningRequest

SHIPMENTS = Path(__file__).parents[2] / "data/shipments"


@pytest.fixture
def home() -> Home:
    return Lab(read_shipment(SHIPMENTS / "dual-fuel.csv"), LabOptions()).home()


def test_home_is_the_hub_and_the_joiners_in_the_order_of_the_shipment(home: Home) -> None:
    names = ["CHF", "ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD"]

    assert [device.name for device in home] == names
    assert home.devices == (home.hub, *home.joiners)


def test_device_is_found_by_its_name_or_type(home: Home) -> None:
    assert home.device("GSME") is home.joiners[1]


def test_device_that_the_shipment_lacks_is_named_with_those_it_has(home: Home) -> None:
    with pytest.raises(UsageError, match="this scenario needs SAPC; the shipment has CHF, ESME"):
        home.device("SAPC")


def test_line_of_a_device_is_the_one_with_its_eui64(home: Home) -> None:
    for device in home:
        assert home.shipped(device).eui64 == device.description.eui64


def test_trust_centre_is_told_the_install_codes_of_the_shipment(home: Home) -> None:
    told: list[Any] = []
    home.hub.observe((ApsmeSetLinkKeyRequest,), told.append)
    home.hub.power_on()

    home.register(*home.devices)

    assert [each.eui64 for each in told] == [each.description.eui64 for each in home.joiners]
    assert [each.key for each in told] == [each.description.link_key for each in home.joiners]


def test_joining_is_permitted_for_as_long_as_told(home: Home) -> None:
    told: list[Any] = []
    home.hub.observe((NlmePermitJoiningRequest,), told.append)
    home.hub.power_on()

    home.permit_join(180)
    home.permit_join(0)

    assert [each.seconds for each in told] == [180, 0]


def test_device_without_power_has_agreed_no_key(home: Home) -> None:
    assert not has_agreed_key(home.joiners[0])
