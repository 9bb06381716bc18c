"""A home next door has our PAN identifier: it is noticed, reported and resolved."""

from dataclasses import replace

from emulator.kernel.identity import Eui64
from emulator.lab.home.radio_state import pan_id_of
from emulator.lab.installing.commissioning import (
    close_network,
    form_network,
    join,
    open_and_start,
    read_again,
    register,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.primitives import FormNetwork
from emulator.zigbee.nwk.facts import PanConflictHeard, PanIdChanged

SOURCES = (Source("R22", "3.6.1.13, 3.4.9, 3.4.10"),)
TAGS = ("radio", "pan-id")
SHIPMENT = "dual-fuel.csv"
NEXT_DOOR = Eui64(0x00DB1234567890F2)


def run(lab: Lab) -> None:
    """Two hubs out of reach of each other form alike, and then come into reach."""
    lab.needs_joiners(2)
    home = lab.home()
    *first, late = home.joiners
    other = lab.another(replace(lab.shipment.hub, eui64=NEXT_DOOR))
    for device in home.devices:
        lab.out_of_reach(other, device)
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for device in first:
        join(lab, home, device)
    close_network(lab, home)
    former = pan_id_of(home.hub)
    step = lab.step("the hub next door forms a network of the same PAN identifier", "R22 3.6.1.1")
    step.do(other.power_on).do(lambda: other.post(FormNetwork(pan_id=former))).until(
        lambda: other.joined, within="1 min", detail=lambda: f"0x{former:04X}"
    )
    for device in home.devices:
        lab.in_reach(other, device)
    open_and_start(lab, home, late)
    lab.step("a beacon of the hub next door is heard", "R22 3.6.1.13.1").until(
        lambda: any(lab.trace.of(PanConflictHeard)), within="2 min"
    )
    lab.step("one of the two networks changes its identifier", "R22 3.6.1.13.3").until(
        lambda: pan_id_of(home.hub) != pan_id_of(other),
        within="1 min",
        detail=lambda: (
            f"0x{former:04X}, now 0x{pan_id_of(home.hub):04X} and 0x{pan_id_of(other):04X}"
        ),
    )
    lab.step("every device of the home is on the hub's identifier", "R22 3.4.10").until(
        lambda: all(device.joined and pan_id_of(device) == pan_id_of(home.hub) for device in first),
        within="1 h",
        detail=lambda: f"{len(list(lab.trace.of(PanIdChanged)))} nodes were told",
    )
    for device in first:
        read_again(lab, home, device)
