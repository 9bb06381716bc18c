"""A router on the way to the hub loses its power; another way is discovered."""

from emulator.lab.home.radio_state import next_hop_of
from emulator.lab.installing.commissioning import form_network, join, read_again, register
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.zigbee.nwk.facts import LinkBroken, RouteDiscovered

SOURCES = (Source("R22", "3.6.3.5, 3.6.3.7"), Source("R22", "3.4.1 to 3.4.3"))
TAGS = ("radio", "routing", "recovery")
SHIPMENT = "three-routers.csv"


def run(lab: Lab) -> None:
    """The last router hears the two others, and not the hub."""
    lab.needs_joiners(3)
    home = lab.home()
    near, other, far = home.joiners
    lab.out_of_reach(home.hub, far)
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        join(lab, home, device)
    lab.step("link costs are told", "R22 3.6.3.4").run("1 min")
    read_again(lab, home, far)
    names = {device.description.eui64: device for device in home.joiners}
    used = next_hop_of(far, home.hub)
    lost = near if used == near.description.eui64 else other
    kept = other if lost is near else near
    lab.step(f"{lost.name}, on its way to the hub, loses its power", "R22 3.6.3.7.1").do(
        lost.power_off
    ).done(f"{far.name} sent through {names[used].name if used in names else 'nobody'}")
    read_again(lab, home, far, within="10 min")
    lab.step(f"{far.name} found that the link was broken", "R22 3.6.3.7.1").expect(
        lambda: any(lab.trace.of(LinkBroken, far.name))
    )
    lab.step(f"{far.name} discovered the way through {kept.name}", "R22 3.6.3.5").expect(
        lambda: (
            next_hop_of(far, home.hub) == kept.description.eui64
            and any(lab.trace.of(RouteDiscovered, far.name))
        )
    )
