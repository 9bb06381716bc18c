"""Three suppliers in a row: the losing one did not install the meter, the one before it did."""

from emulator.lab.installing.code_recovery import INSTALLER, strand
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER, THIRD_SUPPLIER

SOURCES = (Source("SEC App. AC", "4.16 (MP121, alternative solution) (b)"),)
TAGS = ("change-of-supplier", "install-code", "email", "dcc")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Whoever is asked and is not the installer says so; the next is asked."""
    case = strand(lab)
    desk = case.email_desk()
    former = (THIRD_SUPPLIER, INSTALLER)
    first = desk.next_to_ask(GAINING_SUPPLIER, case.device, former)
    case.say("the latest is asked first", "MP121 annex C", first == THIRD_SUPPLIER)
    request = case.email(desk, THIRD_SUPPLIER)
    case.days_pass(2)
    case.reply(desk, request, None)
    second = desk.next_to_ask(GAINING_SUPPLIER, case.device, former)
    case.say("then the one before", "MP121 annex C", second == INSTALLER)
    request = case.email(desk, INSTALLER)
    case.days_pass(1)
    case.reply(desk, request, case.code)
    case.finish(case.code)
