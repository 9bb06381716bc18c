"""One frame in five is lost; acknowledgements and retries bring every device in all the same."""

from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("IEEE 802.15.4-2006", "7.5.6.4"), Source("R22", "2.2.8.4"))
TAGS = ("loss", "commissioning")
SHIPMENT = "dual-fuel.csv"

LOSS = 0.2


def run(lab: Lab) -> None:
    """The whole home is commissioned on an air that loses frames at random."""
    lab.needs_joiners(1)
    lab.links.set_default_loss(LOSS)
    commission(lab, lab.home(), within="2 h")
