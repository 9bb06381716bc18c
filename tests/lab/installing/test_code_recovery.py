"""A gaining supplier finds a meter whose install code it lacks, and comes by it."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.dcc.incidents.notifications import Occasion
from emulator.dcc.incidents.records import IncidentRefusal
from emulator.dcc.registration import Fuel
from emulator.kernel.errors import LocalError, UsageError
from emulator.lab.home.home import Home, has_agreed_key
from emulator.lab.installing.code_recovery import INSTALLER, CodeRecovery, strand
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.steps.unmet import StepFailed
from emulator.lab.world.parties import GAINING_SUPPLIER

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


def stranded() -> CodeRecovery:
    return strand(Lab(read_shipment(SHIPMENT), LabOptions()))


@pytest.fixture(scope="module")
def case() -> CodeRecovery:
    """A stranded home of which only what people say changes."""
    return stranded()


def test_a_stranded_meter_belongs_to_the_gaining_supplier_and_is_on_no_network(
    case: CodeRecovery,
) -> None:
    side, mpan = case.work.side, case.work.home.shipped(case.meter).mpxn

    assert Fuel.ELECTRICITY is side.registration.fuel(mpan)
    assert side.registration.supplier(mpan, side.moment) == GAINING_SUPPLIER
    assert case.work.supplier == side.names_of(GAINING_SUPPLIER)
    assert not case.meter.joined
    assert {step.verdict for step in case.work.lab.steps} == {Verdict.PASS}


def test_the_home_needs_an_electricity_meter() -> None:
    shipment = read_shipment(SHIPMENT)
    hubs = tuple(each for each in shipment.devices if each.type != "ESME")

    with pytest.raises(UsageError, match="ESME"):
        strand(Lab(replace(shipment, devices=hubs), LabOptions()))


def test_days_that_pass_are_working_days(case: CodeRecovery) -> None:
    before = case.work.side.moment.date()

    case.days_pass(5)

    assert case.work.side.moment.date() == case.calendar.after(before, 5)


def test_what_people_did_wrong_fails_its_step(case: CodeRecovery) -> None:
    with pytest.raises(StepFailed, match="nobody said so"):
        case.say("the code is in hand", "MP121 report 3", holds=False, detail="nobody said so")


def test_a_party_that_was_told_nothing_fails_the_step() -> None:
    case = stranded()

    with pytest.raises(StepFailed, match="is told"):
        case.told(INSTALLER, Occasion.CODE_ASKED, "SEC App. AC 4.16")


def test_an_email_is_asked_and_answered(case: CodeRecovery) -> None:
    desk = case.email_desk()

    request = case.email(desk, INSTALLER)
    case.reply(desk, request, case.code)

    case.told(INSTALLER, Occasion.CODE_ASKED, "SEC App. AC 4.16 (alternative) (a)")
    assert desk.code(GAINING_SUPPLIER, case.device) == case.code


def test_an_incident_goes_to_whoever_pre_notified_the_meter(case: CodeRecovery) -> None:
    desk = case.incident_desk()

    incident = case.raise_incident(desk)

    assert incident.assignee == INSTALLER
    case.told(INSTALLER, Occasion.ASSIGNED, "SEC App. AC 4.16 (b)")


def test_the_inventory_takes_no_code_from_a_stranger(case: CodeRecovery) -> None:
    held = case.held_codes()

    assert isinstance(held.hold(case.device, case.device, case.code), IncidentRefusal)


def test_a_meter_without_a_printed_code_has_none_to_recover(case: CodeRecovery) -> None:
    shipment = case.work.home.shipment
    bare = tuple(replace(each, install_code=None) for each in shipment.devices)
    home = Home(case.work.home.hub, case.work.home.joiners, replace(shipment, devices=bare))

    with pytest.raises(LocalError, match="ESME has no install code"):
        _ = replace(case, work=replace(case.work, home=home)).code


def test_with_the_code_the_meter_is_commissioned_by_the_gaining_supplier() -> None:
    case = stranded()

    case.finish(case.code)

    assert has_agreed_key(case.meter)
    assert case.work.side.status(case.device) == "Commissioned"
