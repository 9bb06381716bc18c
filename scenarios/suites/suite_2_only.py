"""Hub and devices hold certificates of suite 2 only (sect283k1), as in GB homes."""

from emulator.crypto.cbke import Suite
from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("ZSE 1.4", "Annex C.3.1.2.1"), Source("ZSE 1.4", "Annex C.6"))
TAGS = ("cbke", "suites")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """Every key is agreed on sect283k1."""
    lab.needs_joiners(1)
    for kind in lab.kinds():
        lab.differ(kind, suites=(Suite.SECT283K1,))
    commission(lab, lab.home())
    lab.step("every device agreed under suite 2", "ZSE 1.4 Annex C.6").expect(
        lambda: lab.agreed_suites() == {Suite.SECT283K1}
    )
