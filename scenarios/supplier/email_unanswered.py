"""Nobody answers the e-mail: after five working days the consumer stays without smart services."""

from emulator.dcc.incidents.records import Punctuality
from emulator.lab.installing.code_recovery import INSTALLER, strand
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("SEC App. AC", "4.16 (MP121, alternative solution) (b)"),
    Source("SEC MP121", "annex A 2.5"),
)
TAGS = ("change-of-supplier", "install-code", "email", "failure")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """The time counts from when the e-mail was received, in working days."""
    case = strand(lab)
    desk = case.email_desk()
    request = case.email(desk, INSTALLER)
    case.days_pass(5)
    now = desk.punctuality(request.number, case.device, case.work.side.moment)
    case.say("five working days later it is still open", "4.16 (b)", now is Punctuality.OPEN)
    case.days_pass(1)
    late = desk.punctuality(request.number, case.device, case.work.side.moment)
    case.say("the day after it is overdue", "4.16 (b)", late is Punctuality.OVERDUE, late.value)
    status = case.work.side.status(case.device)
    case.say("the meter stays pending", "MP121 annex A 2.5", status == "Pending", f"{status}")
