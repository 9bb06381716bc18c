"""The steps of an installation: each passes when the DCC and the device do what they must."""

from pathlib import Path

import pytest

from emulator.lab.home.home import has_agreed_key
from emulator.lab.installing.installation import Ask, Installation, said
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.steps.unmet import StepFailed

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


def installation() -> Installation:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    return Installation(lab, lab.remote_side(), lab.home())


@pytest.fixture(scope="module")
def done() -> Installation:
    """One meter, commissioned; to be looked at only."""
    work = installation()
    (meter,) = work.home.joiners
    work.pre_notify_hub()
    work.pre_notify(meter)
    work.fit_hub()
    work.report_hub()
    work.install(meter)
    work.commission(meter)
    work.set_mpxn(meter)
    return work


def test_a_meter_is_commissioned_over_the_air(done: Installation) -> None:
    (meter,) = done.home.joiners

    assert has_agreed_key(meter)
    assert done.side.status(meter.description.eui64) == "Commissioned"
    assert {step.verdict for step in done.lab.steps} == {Verdict.PASS}
    assert all(step.clause for step in done.lab.steps)


def test_the_inventory_remembers_every_status(done: Installation) -> None:
    (meter,) = done.home.joiners

    history = done.side.inventory.history(meter.description.eui64)

    changed = (entry for entry in history if entry.after is not entry.before)
    told = [entry.after.value for entry in changed if entry.after is not None]
    assert told == ["Pending", "Whitelisted", "InstalledNotCommissioned", "Commissioned"]


def test_a_refusal_is_a_step_that_passes_when_the_code_is_right() -> None:
    work = installation()
    (meter,) = work.home.joiners
    asked = Ask(srv="8.1.1", clause="SEC App. AC 4.12(a)", target=meter.description.eui64)

    work.refused("an unknown meter is not commissioned", asked, "E19")

    assert work.lab.steps[-1].verdict is Verdict.PASS
    assert work.lab.steps[-1].detail.startswith("E19")


def test_another_code_than_expected_fails_the_step() -> None:
    work = installation()
    (meter,) = work.home.joiners
    asked = Ask(srv="8.1.1", clause="SEC App. AC 4.12(a)", target=meter.description.eui64)

    with pytest.raises(StepFailed, match="E19"):
        work.refused("as if it were its status", asked, "E5")


def test_a_request_that_the_dcc_refuses_fails_its_step() -> None:
    work = installation()
    (meter,) = work.home.joiners

    with pytest.raises(StepFailed, match="E19"):
        work.commission(meter)


def test_a_device_that_does_not_answer_fails_its_step() -> None:
    work = installation()
    (meter,) = work.home.joiners
    work.pre_notify_hub()
    work.pre_notify(meter)
    work.fit_hub()
    work.report_hub()
    work.log(meter)
    read = Ask(srv="11.2", clause="GBCS ECS52", target=meter.description.eui64)

    with pytest.raises(StepFailed):
        work.ask("a meter without power is read", read)


def test_no_response_is_told_as_such() -> None:
    assert said(None) == "no response"
