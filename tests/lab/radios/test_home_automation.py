"""An endpoint of Home Automation beside those of Smart Energy."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.crypto.cbke import Suite
from emulator.kernel.errors import UsageError
from emulator.lab.installing.commissioning import commission
from emulator.lab.radios.home_automation import HOME_AUTOMATION_PROFILE, give_home_automation
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.radios.serving import Served, ServeRequest, check_serve
from emulator.lab.shipments.shipment import read_shipment
from emulator.testing.scenes.captured_homes import small_home
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE

METERS = Path(__file__).parents[2] / "data" / "shipments" / "two-meters.csv"


def served(*, home_automation: bool) -> Served:
    request = ServeRequest(
        kind="ezsp", port="tcp://127.0.0.1:0", devices=METERS, home_automation=home_automation
    )
    there = Served(request, PacedClock(), read_shipment(METERS))
    there.close()
    return there


def test_it_comes_first_and_tells_the_make_of_the_device() -> None:
    for device, usual in zip(
        served(home_automation=True).devices, served(home_automation=False).devices, strict=True
    ):
        first, *others = device.description.endpoints

        assert first.profile == HOME_AUTOMATION_PROFILE
        assert first.endpoint not in {each.endpoint for each in others}
        assert OTA_UPGRADE.id in first.clients
        told = {each.attribute: each.value for each in first.attributes if each.cluster == BASIC.id}
        assert told[0x0004] == "1027"
        assert [_fixed(each) for each in others] == list(map(_fixed, usual.description.endpoints))


def _fixed(definition: EndpointDefinition) -> EndpointDefinition:
    """Without what an endpoint looks up in the device that it is on."""
    attributes = tuple(replace(each, live=None) for each in definition.attributes)
    return replace(definition, attributes=attributes)


def test_devices_are_of_smart_energy_alone_unless_asked_otherwise() -> None:
    profiles = {
        each.profile
        for device in served(home_automation=False).devices
        for each in device.description.endpoints
    }

    assert profiles == {SMART_ENERGY_PROFILE}


def test_device_without_basic_cannot_have_it() -> None:
    (device, *_) = served(home_automation=False).devices
    device.description = replace(device.description, endpoints=())

    with pytest.raises(UsageError, match="has no Basic cluster"):
        give_home_automation(device)


def test_without_devices_it_is_refused_before_anything_is_opened() -> None:
    request = ServeRequest(kind="ezsp", port="tcp://127.0.0.1:0", home_automation=True)

    with pytest.raises(UsageError, match="--home-automation: expected --devices"):
        check_serve(request)


def test_device_still_agrees_its_key_from_an_endpoint_of_smart_energy() -> None:
    lab = small_home()
    home = lab.home()
    give_home_automation(home.joiners[0])

    commission(lab, home)

    assert home.joiners[0].suite == Suite.SECT283K1
