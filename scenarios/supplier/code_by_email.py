"""The gaining supplier asks the losing one by e-mail, as the SEC has it since 2022."""

from emulator.dcc.incidents.notifications import Occasion
from emulator.lab.installing.code_recovery import INSTALLER, strand
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER

SOURCES = (
    Source("SEC App. AC", "4.16 (MP121, alternative solution)"),
    Source("SEC MP121", "report 3; annex C"),
)
TAGS = ("change-of-supplier", "install-code", "email", "dcc")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """An answer in time brings the code; certificates follow, then the meter is commissioned."""
    case = strand(lab)
    desk = case.email_desk()
    request = case.email(desk, INSTALLER)
    case.told(INSTALLER, Occasion.CODE_ASKED, "SEC App. AC 4.16 (alternative) (a)")
    case.days_pass(3)
    case.reply(desk, request, case.code)
    case.told(GAINING_SUPPLIER, Occasion.CODE_SENT, "SEC App. AC 4.16 (alternative) (b)")
    found = desk.code(GAINING_SUPPLIER, case.device)
    case.say("the code is in hand", "MP121 report 3", found == case.code)
    case.finish(case.code)
