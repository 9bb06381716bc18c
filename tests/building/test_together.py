from pathlib import Path

import pytest

from emulator.building.together import Round, commissioned_together
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.steps.unmet import StepFailed

SHIPMENT = Path(__file__).parents[1] / "data/shipments/one-meter.csv"
CLAUSE = "GBCS CCS06"


@pytest.fixture
def work() -> Installation:
    """A hub that the DCC reaches."""
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    made = Installation(lab, lab.remote_side(), lab.home())
    made.pre_notify_hub()
    made.fit_hub()
    made.report_hub()
    return made


def reads_log(work: Installation) -> Ask:
    return Ask(srv="8.9", clause=CLAUSE, target=work.hub)


def test_requests_are_sent_without_waiting_and_awaited_together(work: Installation) -> None:
    both = Round(work.lab)

    both.send("once", [(work, reads_log(work))])
    both.send("twice", [(work, reads_log(work))])
    both.answered("both logs are read", CLAUSE)

    steps = work.lab.steps[-3:]
    assert [step.name for step in steps] == ["once", "twice", "both logs are read"]
    assert steps[-1].detail == "2 of 2 carried out"
    longest = work.side.settings.wan.longest
    assert [step.end - step.start for step in steps[:2]] == [longest, longest]


def test_nothing_to_send_is_no_step(work: Installation) -> None:
    before = len(work.lab.steps)

    both = Round(work.lab)
    both.send("nothing", [])
    both.answered("nothing", CLAUSE)
    commissioned_together(work.lab, "nobody", "SEC H", [])

    assert len(work.lab.steps) == before


def test_a_refused_request_names_its_device_and_the_reason(work: Installation) -> None:
    (meter,) = work.home.joiners
    asked = Ask(srv="8.1.1", clause="SEC", target=meter.description.eui64)

    with pytest.raises(StepFailed, match=r"ESME: E19: no device"):
        Round(work.lab).send("too early", [(work, asked)])


def test_a_device_that_does_not_answer_is_named(work: Installation) -> None:
    both = Round(work.lab)
    work.side.dcc.wan.cover(work.hub, covered=False)
    both.send("log", [(work, reads_log(work))])

    with pytest.raises(StepFailed, match=r"not within 2 min: CHF: E2"):
        both.answered("log is read", CLAUSE)


def test_a_device_of_another_status_is_named(work: Installation) -> None:
    (meter,) = work.home.joiners
    work.pre_notify(meter)

    commissioned_together(work.lab, "hub", "SEC H", [(work, work.hub)])
    assert work.lab.steps[-1].verdict is Verdict.PASS
    with pytest.raises(StepFailed, match="ESME: Pending"):
        commissioned_together(work.lab, "meter", "SEC H", [(work, meter.description.eui64)])
