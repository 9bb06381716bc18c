"""The installer's note holds a wrong code: the meter does not join, and the incident stays open."""

from emulator.dcc.incidents.records import Incident, Note, Outcome
from emulator.lab.installing.code_recovery import INSTALLER, CodeRecovery, strand
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER

SOURCES = (
    Source("SEC MP121", "annex A 2.4: the gaining supplier verifies the code"),
    Source("GBCS", "use cases CCS01, CCS02"),
)
TAGS = ("change-of-supplier", "install-code", "incident", "failure")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """A second code counts only once the meter is out of the log, where it would be ignored."""
    case = strand(lab)
    desk = case.incident_desk()
    incident = case.raise_incident(desk)
    wrong = bytes(reversed(case.code))
    for code, told in ((wrong, "a wrong code"), (case.code, "the right code")):
        case.days_pass(1)
        moment = case.work.side.moment
        note = Note(author=INSTALLER, moment=moment, text=told, install_code=code)
        done = desk.add_note(incident.number, note)
        case.say(f"the installer notes {told}", "MP121 PIA 4", isinstance(done, Incident))
        if code == wrong:
            try_in_vain(case, wrong)
    case.finish(case.code)
    closed = desk.close(
        incident.number, GAINING_SUPPLIER, Outcome.COMMISSIONED, case.work.side.moment
    )
    ended = isinstance(closed, Incident)
    case.say("only now the incident is closed", "MP121 annex A 2.4", ended)


def try_in_vain(case: CodeRecovery, code: bytes) -> None:
    """The hub takes the code for good; the meter never joins under it, and is removed again."""
    case.work.log(case.meter, code)
    case.meter.power_on()
    case.work.lab.step("the meter does not join under it", "ZSE 1.4 5.4.8").unless(
        lambda: case.meter.joined, for_="10 min"
    )
    case.meter.power_off()
    case.work.remove(case.meter)
