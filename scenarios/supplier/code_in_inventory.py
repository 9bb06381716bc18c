"""The inventory holds the code since pre-notification, and gives it to the Responsible Supplier."""

from emulator.dcc.incidents.held_codes import HeldCode
from emulator.dcc.incidents.records import IncidentRefusal
from emulator.lab.installing.code_recovery import INSTALLER, strand
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER, THIRD_SUPPLIER

SOURCES = (Source("SEC MP281", "install codes in the SMI"),)
TAGS = ("change-of-supplier", "install-code", "inventory", "dcc")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Nobody is asked and nobody waits; a supplier of somewhere else gets nothing."""
    case = strand(lab)
    held = case.held_codes()
    kept = held.hold(INSTALLER, case.device, case.code)
    case.say("the code came with the pre-notification", "MP281", kept is None)
    mpxn = case.work.home.shipped(case.meter).mpxn
    moment = case.work.side.moment
    other = held.read(THIRD_SUPPLIER, case.device, mpxn, moment)
    refused = isinstance(other, IncidentRefusal)
    case.say("another supplier is not given it", "MP281", refused)
    found = held.read(GAINING_SUPPLIER, case.device, mpxn, moment)
    given = isinstance(found, HeldCode) and found.install_code == case.code
    case.say("the Responsible Supplier is", "MP281", given)
    case.finish(case.code)
