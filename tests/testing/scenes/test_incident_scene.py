import pytest

from emulator.dcc.incidents.records import IncidentRefusal
from emulator.testing.scenes.incident_scene import (
    CALENDAR,
    DUE,
    MONDAY,
    Scene,
    accepted,
    day,
    denied,
)


def test_the_scene_has_a_desk_that_takes_incidents_and_notes() -> None:
    scene = Scene()

    incident = scene.raised()

    assert len(accepted(scene.note(incident.number)).notes) == 1


def test_the_due_moment_is_what_the_calendar_says() -> None:
    assert CALENDAR.deadline(MONDAY, 5) == DUE
    assert day(1) > MONDAY


def test_an_answer_of_the_wrong_kind_fails_the_test() -> None:
    with pytest.raises(AssertionError):
        accepted(IncidentRefusal("", ""))
    with pytest.raises(AssertionError):
        denied(Scene().raised())
