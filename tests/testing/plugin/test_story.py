"""The story of a home."""

import pytest

from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.testing.plugin.home_device import HomeDevice
from emulator.testing.plugin.story import note_failure, story


def report(text: str) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid="a.py::test_a",
        location=("a.py", 1, "test_a"),
        keywords={},
        outcome="failed",
        longrepr=text,
        when="call",
        user_properties=[("clause", "GBCS 7.2")],
    )


def test_of_a_home_in_which_nothing_happened(lab: Lab) -> None:
    told = story(lab)

    assert "no step was done" in told
    assert "no frame was sent" in told


def test_tells_the_last_messages_field_by_field(esme: HomeDevice) -> None:
    esme.send("ECS17b")

    told = story(esme.work.lab)

    assert "DCC -> ESME: Command of ECS17b" in told
    assert "DLMS access-request" in told
    assert "DLMS access-response: success" in told
    assert "steps before these" in told
    assert "ESME: joined, link key cbke, Commissioned" in told


def test_the_failure_is_the_last_step_and_its_clause_is_told(lab: Lab) -> None:
    note_failure(lab, "test_a", report("assert 1 == 2\nmore"))

    assert lab.steps[-1].verdict is Verdict.FAIL
    assert "FAIL  test test_a (GBCS 7.2): assert 1 == 2" in story(lab)


def test_a_step_that_failed_stays_the_last(lab: Lab) -> None:
    step = lab.step("the meter answers")
    with pytest.raises(Exception, match="the meter answers"):
        step.expect(lambda: False)

    note_failure(lab, "test_a", report("StepFailed"))

    assert [each.name for each in lab.steps] == ["the meter answers"]
