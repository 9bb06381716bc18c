"""Every device of a shipment joins with its install code and agrees its own link key."""

from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("ZSE 1.4", "5.4"),
    Source("ZSE 1.4", "Annex C"),
    Source("GBCS", "10.2"),
)
TAGS = ("commissioning", "cbke", "install-code")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """The hub forms, then the devices join one after the other."""
    lab.needs_joiners(1)
    commission(lab, lab.home())
