"""Hub and devices hold certificates of suite 1 only (sect163k1)."""

from emulator.crypto.cbke import Suite
from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("ZSE 1.4", "Annex C.3.1.2.1"), Source("ZSE 1.4", "Annex C.5"))
TAGS = ("cbke", "suites")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """Every key is agreed on sect163k1."""
    lab.needs_joiners(1)
    for kind in lab.kinds():
        lab.differ(kind, suites=(Suite.SECT163K1,))
    commission(lab, lab.home())
    lab.step("every device agreed under suite 1", "ZSE 1.4 Annex C.5").expect(
        lambda: lab.agreed_suites() == {Suite.SECT163K1}
    )
