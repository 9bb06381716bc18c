"""Every device joins in a house where nothing else is on the air, over links that its walls leave.

Who is whose parent follows from the plan: what the hub does not hear well joins through a router.
"""

from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.planning.site_pictures import show_links

SOURCES = (Source("IEEE 802.15.4-2006", "6.5, Annex E"), Source("ZSE 1.4", "5.4"))
TAGS = ("range", "propagation", "commissioning")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """The whole home is commissioned on the physical air of a mid-terrace house."""
    lab.home_needs("ESME")
    lab.site.on_plan("terrace.toml")
    home = lab.home()
    show_links(lab)
    commission(lab, home, within="30 min")
