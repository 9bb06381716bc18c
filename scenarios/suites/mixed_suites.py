"""The hub has both suites; each device agrees under the best that it shares."""

from emulator.crypto.cbke import Suite
from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("ZSE 1.4", "Annex C.3.1.2.1"), Source("ZSE 1.4", "Annex C.6"))
TAGS = ("cbke", "suites")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """Every other device has suite 1 only, the rest both."""
    lab.needs_joiners(2)
    hub, *joiners = lab.kinds()
    lab.differ(hub, suites=tuple(Suite))
    for number, kind in enumerate(joiners):
        lab.differ(kind, suites=tuple(Suite) if number % 2 else (Suite.SECT163K1,))
    commission(lab, lab.home())
    lab.step("both suites were used", "ZSE 1.4 Annex C.3.1.2.1").expect(
        lambda: lab.agreed_suites() == set(Suite)
    )
