"""A device has a certificate of another issuer: it joins, cannot agree a key, and leaves."""

from emulator.lab.home.home import has_agreed_key
from emulator.lab.installing.commissioning import form_network, join, open_and_start, register
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.facts import KeyEstablishmentFailed
from emulator.smart_energy.primitives import TerminateStatus

SOURCES = (Source("ZSE 1.4", "Annex C.3.1.2.3"), Source("ZSE 1.4", "5.5.5.1"))
TAGS = ("refusal", "cbke", "certificates")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """The last joiner's certificate was issued by somebody the hub does not know."""
    lab.needs_joiners(1)
    victim = lab.last_joiner()
    lab.differ(victim, foreign_certificate=True)
    home = lab.home()
    device = home.device(victim)
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for other in home.joiners:
        if other is not device:
            join(lab, home, other)
    open_and_start(lab, home, device)
    lab.step(f"{victim} joins under its install code", "ZSE 1.4 5.4").until(
        lambda: device.joined, within="5 min", otherwise=lambda: lab.where(device)
    )
    lab.step("key establishment ends with UNKNOWN_ISSUER", "ZSE 1.4 Annex C.3.1.2.3").until(
        lambda: (
            TerminateStatus.UNKNOWN_ISSUER.name
            in {fact.reason for _, fact in lab.trace.of(KeyEstablishmentFailed, victim)}
        ),
        within="2 min",
    )
    lab.step(f"{victim} leaves the network", "ZSE 1.4 5.5.5.1").until(
        lambda: not device.joined, within="1 min", otherwise=lambda: lab.where(device)
    )
    lab.step("it never agrees a link key", "ZSE 1.4 5.5.5.1").unless(
        lambda: has_agreed_key(device), for_="5 min"
    )
