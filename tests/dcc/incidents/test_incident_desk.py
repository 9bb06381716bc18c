"""MP121 as its impact assessment describes it; M numbers are those of the requirements list."""

from datetime import timedelta
from itertools import product

import pytest

from emulator.dcc.incidents.notifications import Notification, Occasion
from emulator.dcc.incidents.permissions import PERMISSIONS, Action, Part
from emulator.dcc.incidents.records import Note, Outcome, Punctuality
from emulator.dcc.incidents.settings import IncidentSettings
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.identity import Eui64
from emulator.kernel.settings import unverified
from emulator.testing.scenes.incident_scene import (
    CODE,
    DUE,
    HELPDESK,
    MONDAY,
    THIRD,
    Scene,
    accepted,
    day,
    denied,
)
from emulator.testing.scenes.inventory_scene import ESME, GAINER, GSME, INSTALLER

ACTORS = {
    Part.CREATOR: GAINER,
    Part.ASSIGNEE: INSTALLER,
    Part.HELPDESK: HELPDESK,
    Part.STRANGER: THIRD,
}


def test_the_whole_way_from_request_to_closure() -> None:
    """M10, M12, M13."""
    scene = Scene()

    incident = scene.raised()
    scene.note(incident.number, at=day(2), code=CODE)
    codes = scene.desk.codes(incident.number, GAINER)
    closed = accepted(scene.desk.close(incident.number, GAINER, Outcome.COMMISSIONED, day(3)))

    assert codes == (CODE,)
    assert (closed.outcome, closed.closed) == (Outcome.COMMISSIONED, day(3))
    assert scene.ledger.sent == (
        Notification(MONDAY, INSTALLER, Occasion.ASSIGNED, incident.number),
        Notification(day(2), GAINER, Occasion.NOTE_ADDED, incident.number),
    )
    assert scene.desk.punctuality(incident.number, day(30)) is Punctuality.IN_TIME


def test_no_incident_without_a_device_id() -> None:
    """M15."""
    refused = denied(Scene().desk.raise_incident(GAINER, None, MONDAY))

    assert "mandatory" in refused.clause


def test_no_incident_for_a_device_that_is_not_in_the_inventory() -> None:
    """M16."""
    scene = Scene()

    refused = denied(scene.desk.raise_incident(GAINER, GSME, MONDAY))

    assert "SMI" in refused.clause
    assert len(scene.desk) == len(scene.ledger) == 0


@pytest.mark.parametrize("status", [*SmiStatus, None])
def test_only_an_appropriate_state_is_asked_about(status: SmiStatus | None) -> None:
    """M16."""
    answer = Scene(status).desk.raise_incident(GAINER, ESME, MONDAY)

    appropriate = {
        SmiStatus.PENDING,
        SmiStatus.WHITELISTED,
        SmiStatus.INSTALLED_NOT_COMMISSIONED,
    }
    if status in appropriate:
        accepted(answer)
    else:
        denied(answer)


def test_which_states_are_appropriate_is_a_setting() -> None:
    scene = Scene(
        SmiStatus.RECOVERED, settings=IncidentSettings(appropriate=(SmiStatus.RECOVERED,))
    )

    assert scene.raised().device == ESME


@pytest.mark.parametrize("creator", [GAINER, THIRD, INSTALLER])
def test_whoever_raises_it_is_believed(creator: Eui64) -> None:
    """M17: a documented weakness."""
    scene = Scene()

    incident = scene.raised(creator)
    scene.note(incident.number, INSTALLER, day(1), CODE)

    assert incident.creator == creator
    assert incident.assignee == INSTALLER


def test_the_code_reaches_a_supplier_without_any_right_to_it() -> None:
    """M17."""
    scene = Scene()
    incident = scene.raised(THIRD)

    scene.note(incident.number, at=day(1), code=CODE)

    assert scene.desk.codes(incident.number, THIRD) == (CODE,)
    denied(scene.desk.codes(incident.number, GAINER))


def test_it_goes_to_whoever_pre_notified_the_device_and_no_user_can_pass_it_on() -> None:
    """M18, M20: an agent pre-notified it, and only the helpdesk can put that right."""
    scene = Scene()
    incident = scene.raised()

    for user in (INSTALLER, GAINER, THIRD):
        refused = denied(scene.desk.reallocate(incident.number, user, THIRD, day(1)))
        assert "Helpdesk" in refused.clause
    moved = accepted(scene.desk.reallocate(incident.number, HELPDESK, THIRD, day(1)))

    assert moved.assignee == THIRD
    assert moved.due == DUE + timedelta(days=1)
    assert [each.occasion for each in scene.ledger.to(THIRD)] == [Occasion.ASSIGNED]
    denied(scene.note(incident.number, INSTALLER, day(2)))


def test_the_time_counts_from_the_notification_and_not_from_the_incident() -> None:
    """M10."""
    late = Scene(settings=IncidentSettings(email_delay=timedelta(days=3)))

    assert Scene().raised().due == DUE
    assert late.raised().due == DUE + timedelta(days=3)


def test_an_incident_nobody_answers_is_overdue_once_and_leaves_a_stranded_device() -> None:
    """M14."""
    scene = Scene()
    incident = scene.raised()

    assert scene.desk.due == DUE
    assert scene.desk.expire(DUE - timedelta(microseconds=1)) == ()
    assert scene.desk.punctuality(incident.number, day(3)) is Punctuality.OPEN
    assert scene.desk.expire(DUE) == (incident,)
    assert scene.desk.expire(day(30)) == ()
    assert scene.desk.punctuality(incident.number, DUE) is Punctuality.OVERDUE
    closed = scene.desk.close(incident.number, GAINER, Outcome.METER_REPLACED, day(30))
    assert accepted(closed).outcome is Outcome.METER_REPLACED


def test_a_late_answer_is_late_and_still_useful() -> None:
    scene = Scene()
    incident = scene.raised()
    scene.desk.expire(DUE)

    scene.note(incident.number, at=DUE, code=CODE)

    assert scene.desk.punctuality(incident.number, day(30)) is Punctuality.LATE
    assert scene.desk.codes(incident.number, GAINER) == (CODE,)


def test_an_answered_incident_never_becomes_due() -> None:
    scene = Scene()
    incident = scene.raised()

    scene.note(incident.number, at=day(1), code=CODE)

    assert scene.desk.due is None
    assert scene.desk.expire(day(30)) == ()


@pytest.mark.parametrize(
    ("stops", "expected"), [(False, Punctuality.OVERDUE), (True, Punctuality.IN_TIME)]
)
def test_a_note_without_a_code_notifies_and_a_setting_says_whether_it_answers(
    stops: bool, expected: Punctuality
) -> None:
    """M21."""
    scene = Scene(settings=IncidentSettings(note_without_code_answers=stops))
    incident = scene.raised()

    scene.note(incident.number, at=day(1))

    assert len(scene.ledger.to(GAINER)) == 1
    assert scene.desk.punctuality(incident.number, DUE) is expected
    assert (scene.desk.due is None) == stops


def test_a_wrong_code_leaves_the_incident_open_for_another() -> None:
    """M13."""
    scene = Scene()
    incident = scene.raised()
    scene.note(incident.number, at=day(1), code=bytes(16))

    scene.note(incident.number, GAINER, day(2))
    scene.note(incident.number, at=day(3), code=CODE)

    assert scene.desk.codes(incident.number, GAINER) == (bytes(16), CODE)
    assert accepted(scene.desk.read(incident.number, GAINER)).outcome is None


def test_every_note_of_others_tells_the_creator_and_its_own_tell_nobody() -> None:
    """M19."""
    scene = Scene()
    incident = scene.raised()

    for author in (INSTALLER, HELPDESK, INSTALLER, GAINER):
        accepted(scene.note(incident.number, author, day(1)))

    assert len(scene.ledger.to(GAINER)) == 3
    assert len(scene.ledger.to(INSTALLER)) == 1


def test_whether_the_assignee_hears_of_notes_is_a_setting() -> None:
    scene = Scene(settings=IncidentSettings(creator_notes_reach_assignee=True))
    incident = scene.raised()

    scene.note(incident.number, GAINER, day(1))

    assert [each.occasion for each in scene.ledger.to(INSTALLER)] == [
        Occasion.ASSIGNED,
        Occasion.NOTE_ADDED,
    ]


@pytest.mark.parametrize(("part", "action"), list(product(Part, Action)))
def test_the_matrix_of_permissions_is_what_the_desk_does(part: Part, action: Action) -> None:
    """M12, M20."""
    scene = Scene()
    number = scene.raised().number
    actor = ACTORS[part]

    answer = {
        Action.READ: lambda: scene.desk.read(number, actor),
        Action.ADD_NOTE: lambda: scene.note(number, actor),
        Action.CLOSE: lambda: scene.desk.close(number, actor, Outcome.WITHDRAWN, day(1)),
        Action.REALLOCATE: lambda: scene.desk.reallocate(number, actor, THIRD, day(1)),
    }[action]()

    if PERMISSIONS[part, action].allowed:
        accepted(answer)
    else:
        assert denied(answer).clause == PERMISSIONS[part, action].clause


def test_a_closed_incident_stays_as_it_is() -> None:
    scene = Scene()
    number = scene.raised().number
    scene.desk.close(number, GAINER, Outcome.WITHDRAWN, day(1))
    mails = len(scene.ledger)

    denied(scene.note(number, at=day(2), code=CODE))
    denied(scene.desk.close(number, GAINER, Outcome.COMMISSIONED, day(2)))
    denied(scene.desk.reallocate(number, HELPDESK, THIRD, day(2)))

    assert len(scene.ledger) == mails
    assert scene.desk.expire(day(30)) == ()


def test_an_incident_that_is_none_is_refused() -> None:
    denied(Scene().desk.read(7, GAINER))


@pytest.mark.parametrize(("kind", "taken"), [(DeviceKind.PPMID, True), (DeviceKind.ESME, False)])
def test_read_literally_the_clause_leaves_meters_out(kind: DeviceKind, taken: bool) -> None:
    """4.16 speaks of a Type 1 Device, which a meter is not."""
    literal = Scene(kind=kind, settings=IncidentSettings(type_1_only=True))

    answer = literal.desk.raise_incident(GAINER, ESME, MONDAY)

    if taken:
        accepted(answer)
    else:
        assert denied(answer).clause == "SEC App. AC 4.16"


def test_of_the_settings_only_the_five_days_are_sourced() -> None:
    assert "working_days" not in set(unverified(IncidentSettings()))


@pytest.mark.parametrize("size", [3_000, pytest.param(500_001, marks=pytest.mark.slow)])
def test_half_a_million_devices_can_be_asked_for(size: int) -> None:
    """M27: one incident each, every third one answered."""
    scene = Scene()
    meters = [Eui64(number) for number in range(1, size + 1)]
    scene.fill(meters)
    desk = scene.desk

    for number, meter in enumerate(meters, 1):
        desk.raise_incident(GAINER, meter, MONDAY)
        if number % 3 == 0:
            desk.add_note(number, Note(author=INSTALLER, moment=day(1), install_code=CODE))

    assert len(desk) == size
    assert len(desk.expire(DUE)) == size * 2 // 3
    assert len(scene.ledger.to(GAINER)) == size // 3
