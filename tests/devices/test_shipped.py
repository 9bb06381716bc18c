"""What every kind of device has, whatever it is."""

import pytest

from emulator.crypto.cbke import Suite
from emulator.kernel.trace import Trace
from emulator.smart_energy.facts import JoinState
from emulator.testing.judges.device_rules import LINK_KEY, built, complaints, values
from emulator.zcl.attribute_store import AttributeStore
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE
from emulator.zigbee.aps.primitives import KeyOrigin

KINDS = ("CHF", "ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD")
JOINERS = KINDS[1:]
SLEEPY = {"GSME"}


@pytest.mark.parametrize("kind", KINDS)
def test_endpoints_have_what_smart_energy_asks_for_and_nothing_it_prohibits(kind: str) -> None:
    assert complaints(built(kind).description.endpoints) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_endpoint_is_of_the_smart_energy_profile_and_has_a_number_of_its_own(
    kind: str,
) -> None:
    endpoints = built(kind).description.endpoints

    assert {each.profile for each in endpoints} == {SMART_ENERGY_PROFILE}
    assert len({each.endpoint for each in endpoints}) == len(endpoints)


@pytest.mark.parametrize("kind", KINDS)
def test_values_fit_the_attributes_they_are_for(kind: str) -> None:
    AttributeStore(built(kind).description.endpoints)


@pytest.mark.parametrize("kind", KINDS)
def test_maker_and_model_are_told_on_every_endpoint(kind: str) -> None:
    for endpoint in built(kind).description.endpoints:
        shipped = values(endpoint)
        assert (shipped["Basic", 0x0004], shipped["Basic", 0x0005]) == ("ACME", "M-1")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suites", [(Suite.SECT163K1,), (Suite.SECT283K1,), tuple(Suite)])
def test_suites_are_those_of_the_certificates_on_both_sides(
    kind: str, suites: tuple[Suite, ...]
) -> None:
    first = built(kind, suites).description.endpoints[0]

    told = {
        each.side: each.value for each in first.attributes if each.cluster == KEY_ESTABLISHMENT.id
    }
    assert told == {Side.SERVER: sum(suites), Side.CLIENT: sum(suites)}


@pytest.mark.parametrize("kind", KINDS)
def test_both_parties_commands_of_key_establishment_reach_the_application(kind: str) -> None:
    first = built(kind).description.endpoints[0]

    served = {(each.side, each.command) for each in first.commands}
    assert served >= {(side, command) for side in Side for command in range(4)}


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_gas_meter_sleeps(kind: str) -> None:
    about = built(kind).description

    assert about.sleepy is (kind in SLEEPY)
    assert about.capability.rx_on_when_idle is (kind not in SLEEPY)
    assert about.capability.mains_powered is (kind not in SLEEPY)


@pytest.mark.parametrize("kind", KINDS)
def test_power_source_is_told_as_it_is(kind: str) -> None:
    first = built(kind).description.endpoints[0]

    assert values(first)["Basic", 0x0007] == (0x03 if kind in SLEEPY else 0x01)


@pytest.mark.parametrize("kind", JOINERS)
def test_joiner_holds_the_key_of_its_install_code_and_reads_its_hub(kind: str) -> None:
    about = built(kind).description

    assert about.link_key == LINK_KEY
    assert {reading.cluster for reading in about.readings} == {TIME.id, BASIC.id, PRICE.id}


@pytest.mark.parametrize("kind", JOINERS)
def test_joiner_with_power_looks_for_a_network_under_its_install_codes_key(kind: str) -> None:
    trace = Trace()
    device = built(kind, trace=trace)

    device.power_on()

    assert device.link_key_origin is KeyOrigin.PRECONFIGURED
    assert not device.joined
    states = [fact.state for _, fact in trace.of(JoinState)]
    assert states == ["SCANNING"]


def test_hub_with_power_waits_to_be_told() -> None:
    hub = built("CHF")

    hub.power_on()

    assert (hub.powered, hub.joined, hub.nwk_address) == (True, False, None)
