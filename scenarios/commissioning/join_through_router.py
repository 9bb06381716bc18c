"""A joiner that does not hear the hub joins through a router, which relays its keys."""

from emulator.lab.installing.commissioning import form_network, join, register
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("R22", "4.6.3.3"), Source("R22", "4.4.4"), Source("ZSE 1.4", "5.4"))
TAGS = ("commissioning", "routing")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """The hub hears only the first joiner, which routes for everybody else."""
    lab.needs_joiners(2)
    home = lab.home()
    _router, *remote = home.joiners
    for device in remote:
        lab.out_of_reach(home.hub, device)
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        join(lab, home, device)
    hub = home.hub.description.eui64
    parents = {device.name: device.parent for device in remote}
    lab.step("all of them are on the network through a router", "R22 4.6.3.3").expect(
        lambda: not {None, hub} & set(parents.values())
    )
