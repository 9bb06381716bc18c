"""The gaining supplier raises an incident at the DCC, and the installer answers with a note."""

from emulator.dcc.incidents.incident_desk import IncidentDesk
from emulator.dcc.incidents.notifications import Occasion
from emulator.dcc.incidents.records import Incident, IncidentRefusal, Note, Outcome
from emulator.lab.installing.code_recovery import INSTALLER, CodeRecovery, strand
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER

SOURCES = (
    Source("SEC App. AC", "4.16 (MP121, proposed solution)"),
    Source("SEC MP121", "annex A 1 to 5; PIA 4"),
)
TAGS = ("change-of-supplier", "install-code", "incident", "dcc")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Device id mandatory, assigned to the pre-notifier, closed by the gaining supplier alone."""
    case = strand(lab)
    desk = case.incident_desk()
    nameless = desk.raise_incident(GAINING_SUPPLIER, None, case.work.side.moment)
    refused = isinstance(nameless, IncidentRefusal)
    case.say("an incident without a device is refused", "MP121 PIA 4", refused)
    incident = case.raise_incident(desk)
    assigned = incident.assignee == INSTALLER
    case.say("it is assigned to whoever pre-notified the meter", "MP121 PIA 4", assigned)
    case.told(INSTALLER, Occasion.ASSIGNED, "SEC App. AC 4.16 (b)")
    case.days_pass(2)
    note(case, desk, incident, "will look into it", None)
    case.told(GAINING_SUPPLIER, Occasion.NOTE_ADDED, "MP121 PIA 4")
    none = desk.codes(incident.number, GAINING_SUPPLIER)
    case.say("a note without a code notifies all the same", "MP121 PIA 4", none == ())
    case.days_pass(1)
    note(case, desk, incident, "the code", case.code)
    punctual = desk.punctuality(incident.number, case.work.side.moment)
    case.say("the code came in time", "SEC App. AC 4.16 (c)", "in time" in punctual.value)
    case.finish(case.code)
    close(case, desk, incident)


def note(
    case: CodeRecovery, desk: IncidentDesk, incident: Incident, text: str, code: bytes | None
) -> None:
    """The installer adds a note."""
    written = Note(author=INSTALLER, moment=case.work.side.moment, text=text, install_code=code)
    done = desk.add_note(incident.number, written)
    case.say(f"the installer notes: {text}", "MP121 PIA 4", isinstance(done, Incident))


def close(case: CodeRecovery, desk: IncidentDesk, incident: Incident) -> None:
    """The installer may not close it; the gaining supplier does, once the code has served."""
    moment = case.work.side.moment
    by_other = desk.close(incident.number, INSTALLER, Outcome.COMMISSIONED, moment)
    refused = isinstance(by_other, IncidentRefusal)
    case.say("the installer may not close it", "MP121 annex A 2", refused)
    closed = desk.close(incident.number, GAINING_SUPPLIER, Outcome.COMMISSIONED, moment)
    done = isinstance(closed, Incident) and closed.outcome is Outcome.COMMISSIONED
    case.say("the gaining supplier closes it", "MP121 annex A 2.4", done)
