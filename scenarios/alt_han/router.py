"""A bridge that joins as a router, with its own install code, carries a home out of reach."""

from emulator.lab.installing.bridged_home import FAR, split_router
from emulator.lab.installing.commissioning import (
    close_network,
    form_network,
    join,
    read_again,
    register,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.shipments.shipment import BRIDGE

SOURCES = (Source("DCP 400", "3.1, 3.2"), Source("ZSE 1.4", "5.4"), Source("R22", "3.6.3"))
TAGS = ("alt-han", "bridge", "router")
SHIPMENT = "dual-fuel-bridge.csv"


def run(lab: Lab) -> None:
    """The router joins first; the others join through it, or through each other."""
    lab.home_needs("ESME", BRIDGE)
    home = lab.home()
    router = split_router(lab, home)
    form_network(lab, home)
    register(lab, home, *home.joiners)
    away = [each for each in home.joiners if each.description.kind in FAR]
    near = [each for each in home.joiners if each not in away and each is not router]
    for device in (router, *near, *away):
        join(lab, home, device, "30 min")
    close_network(lab, home)
    lab.step("the far devices are on the network through the router", "R22 3.6.3").expect(
        lambda: all(device.parent != home.hub.description.eui64 for device in away),
        ", ".join(f"{each.name}: {lab.address_of(each)}" for each in away),
    )
    for device in away:
        read_again(lab, home, device)
