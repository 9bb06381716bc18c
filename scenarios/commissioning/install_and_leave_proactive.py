"""No SM WAN was known beforehand: devices are installed all the same, and wait half a year."""

from emulator.dcc.wan_coverage import Visit
from emulator.lab.installing.visits import (
    ask_for_coverage,
    begin,
    bring_wan,
    fit_hub_without_wan,
    install_electricity,
    leave_for,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("SEC MP121", "report 2: proactive install and leave, longer than 90 days"),)
TAGS = ("install-and-leave", "dcc", "inventory", "wan")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """The target is longer than that of a promised SM WAN, and kept."""
    lab.home_needs("ESME")
    work = begin(lab)
    ask_for_coverage(work, promised=False, covered=False)
    fit_hub_without_wan(work, Visit.PROACTIVE)
    leave_for(work, "180 d")
    bring_wan(work)
    install_electricity(work, work.home.device("ESME"))
