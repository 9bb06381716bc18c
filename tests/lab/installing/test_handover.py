"""Meters come to trust other parties, one step at a time."""

from pathlib import Path

import pytest

from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.installing.handover import (
    FLOOR,
    credentials_of,
    hand_over_network,
    issuing,
    switch_registration,
    take_over,
)
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.installing.visits import plan
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.steps.unmet import StepFailed
from emulator.lab.world.parties import GAINING_SUPPLIER, NETWORK_OPERATOR
from emulator.testing.scenes.installed_homes import installed_home

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"
STRANGER = Eui64(0x00DB1234567890FF)


@pytest.fixture(scope="module")
def nothing_yet() -> Installation:
    """A home before anything happened; to be looked at only."""
    return plan(Lab(read_shipment(SHIPMENT), LabOptions()))


def test_credentials_are_the_certificates_of_the_party_with_the_path_to_them(
    nothing_yet: Installation,
) -> None:
    values = credentials_of(nothing_yet.side, GAINING_SUPPLIER, *KeyUse)

    assert (values["floor"], values["top_up_floor"]) == (FLOOR, FLOOR)
    assert values["path_certificates"] == (issuing(nothing_yet.side),)
    for name in ("digital_signing", "key_agreement", "key_agreement_top_up"):
        octets = values[f"{name}_certificate"]
        assert isinstance(octets, bytes)
        assert Certificate.decode(octets).eui64 == GAINING_SUPPLIER


def test_an_operator_brings_no_certificate_for_top_ups(nothing_yet: Installation) -> None:
    uses = (KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)

    values = credentials_of(nothing_yet.side, NETWORK_OPERATOR, *uses)

    assert "top_up_floor" not in values
    assert "key_agreement_top_up_certificate" not in values


def test_a_party_without_certificates_cannot_be_put_into_a_cell(nothing_yet: Installation) -> None:
    with pytest.raises(UsageError, match="00-DB-12-34-56-78-90-FF has no certificate"):
        credentials_of(nothing_yet.side, STRANGER, KeyUse.KEY_AGREEMENT)


def test_a_meter_changes_hands_and_obeys_whom_it_was_handed_to() -> None:
    work = installed_home(SHIPMENT, "ESME")
    (meter,) = work.home.joiners
    mpan = work.home.shipped(meter).mpxn

    hand_over_network(work, meter, NETWORK_OPERATOR)
    switch_registration(work, meter, GAINING_SUPPLIER)
    take_over(work, meter, GAINING_SUPPLIER)

    assert work.side.registration.supplier(mpan, work.side.moment) == GAINING_SUPPLIER
    ask(work, "its operator reads it", "4.1.1", NETWORK_OPERATOR)
    ask(work, "its supplier sets its clock", "6.11", GAINING_SUPPLIER)


def test_a_party_that_is_not_registered_does_not_take_a_meter_over() -> None:
    work = installed_home(SHIPMENT, "ESME")
    (meter,) = work.home.joiners

    with pytest.raises(StepFailed, match="E4"):
        take_over(work, meter, GAINING_SUPPLIER)


def ask(work: Installation, name: str, srv: str, party: Eui64) -> None:
    """A request of a party that the meter carries out."""
    (meter,) = work.home.joiners
    user = work.side.names_of(party)
    work.ask(name, Ask(srv=srv, clause="", target=meter.description.eui64, user=user))
