"""A hub forms its network, and devices that stand outside the bench join it with their codes."""

from emulator.kernel.identity import format_eui64
from emulator.lab.commissioning import form_network, register
from emulator.lab.lab import Lab
from emulator.lab.result import Source
from emulator.smart_energy.facts import KeyEstablished

SOURCES = (Source("ZSE 1.4", "5.4"), Source("ZSE 1.4", "Annex C"))
TAGS = ("hardware", "commissioning", "cbke", "install-code")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """Nothing of the shipment but the hub is emulated; what the others do is seen at the hub."""
    lab.needs_joiners(1)
    lab.notes.append("the devices stand outside: the table shows only what is emulated here")
    home = lab.home()
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        eui64 = device.description.eui64
        home.permit_join(254)

        def agreed(eui64: int = eui64) -> bool:
            facts = lab.trace.of(KeyEstablished, home.hub.name)
            return any(fact.partner == eui64 for _, fact in facts)

        lab.step(
            f"{device.name} {format_eui64(eui64)} joins and agrees its key", "ZSE 1.4 5.4"
        ).until(agreed, within="4 min")
