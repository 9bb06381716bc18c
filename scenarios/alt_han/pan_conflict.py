"""A bridge brings two flats together that have one PAN identifier: resolved, and nobody is lost.

The hub of the second flat hangs far from the first, so both could form under one identifier. Across
the bridge each hears the other's beacons.
"""

from dataclasses import dataclass

from emulator.alt_han.bridge.bridge import Bridge
from emulator.kernel.units import Duration, format_duration
from emulator.lab.home.home import has_agreed_key
from emulator.lab.home.radio_state import channel_of, pan_id_of
from emulator.lab.installing.bridged_home import FAR, Fitting, fit_bridge, power_bridge
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
from emulator.lab.shipments.dwelling_shipment import dwelling_shipment
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.primitives import FormNetwork
from emulator.zigbee.nwk.facts import PanConflictHeard, PanIdChanged

SOURCES = (
    Source("R22", "3.6.1.13, 3.4.9, 3.4.10"),
    Source("DCP 400", "3.1, 3.2"),
)
TAGS = ("alt-han", "bridge", "building", "pan-id")
SHIPMENT = "dual-fuel.csv"


@dataclass(frozen=True, slots=True)
class Flat:
    """A home of the two."""

    lab: Lab
    near: tuple[SmartEnergyDevice, ...]
    far: tuple[SmartEnergyDevice, ...]


def run(lab: Lab) -> None:
    """Both form alike; a device that joins across the bridge has all beacons told."""
    lab.home_needs("ESME", "IHD")
    one = flat(lab)
    two = flat(lab.beside(dwelling_shipment(1, ("ESME", "GSME", "IHD")), "flat 2"))
    bridge = fit_bridge(two.lab, two.lab.home(), Fitting())
    apart(one, two, bridge)
    bring_up(one)
    identifier = form_alike(one, two)
    power_bridge(two.lab, two.lab.home(), bridge)
    first, *others = two.far
    open_and_start(two.lab, two.lab.home(), first)
    lab.step("a hub hears a beacon of the other flat across the bridge", "R22 3.6.1.13.1").until(
        lambda: any(lab.trace.of(PanConflictHeard)), within="2 min"
    )
    resolved(one, two, identifier)
    lab.step("both ends of the bridge are on the identifier of their HAN", "DCP 400 3.2").until(
        lambda: bridge.settled and bridge.pan_id == pan_id_of(two.lab.home().hub), within="5 min"
    )
    for device in (first, *others):
        join(two.lab, two.lab.home(), device, "30 min")
    close_network(two.lab, two.lab.home())
    for each in (one, two):
        for device in each.lab.home().joiners:
            read_again(each.lab, each.lab.home(), device, "1 h")


def flat(lab: Lab) -> Flat:
    """A home, and which of its devices are in the dwelling."""
    home = lab.home()
    far = tuple(each for each in home.joiners if each.description.kind in FAR)
    return Flat(lab, tuple(each for each in home if each not in far), far)


def apart(one: Flat, two: Flat, bridge: Bridge) -> None:
    """What hangs in the meter room of the second flat hears nothing of the first."""
    for device in one.lab.home():
        one.lab.links.set_rss(device.name, bridge.wired_place, None)
        for other in two.near:
            one.lab.out_of_reach(device, other)


def bring_up(one: Flat) -> None:
    """All of the first flat joins."""
    home = one.lab.home()
    form_network(one.lab, home)
    register(one.lab, home, *home.joiners)
    for device in home.joiners:
        join(one.lab, home, device)
    close_network(one.lab, home)


def form_alike(one: Flat, two: Flat) -> int:
    """The hub of the second flat draws what the first has; its meter joins."""
    lab, home, wanted = two.lab, two.lab.home(), pan_id_of(one.lab.home().hub)
    step = lab.step("the second flat forms under the same identifier", "R22 3.6.1.1")
    step.do(home.hub.power_on).do(lambda: home.hub.post(FormNetwork(pan_id=wanted))).until(
        lambda: home.hub.joined, within="1 min", detail=lambda: f"0x{wanted:04X}"
    )
    lab.step("on the same channel", "R22 3.6.1.1").expect(
        lambda: channel_of(home.hub) == channel_of(one.lab.home().hub)
    )
    register(lab, home, *home.joiners)
    join(lab, home, home.device("ESME"))
    return wanted


def resolved(one: Flat, two: Flat, identifier: int) -> None:
    """A HAN changes when its broadcast has had its time, and its devices with it; or both do."""
    lab = one.lab
    hubs = one.lab.home().hub, two.lab.home().hub
    lab.step("the HANs get different identifiers", "R22 3.6.1.13.3").until(
        lambda: pan_id_of(hubs[0]) != pan_id_of(hubs[1]),
        within="1 min",
        detail=lambda: (
            f"0x{identifier:04X}, now 0x{pan_id_of(hubs[0]):04X} and 0x{pan_id_of(hubs[1]):04X}"
        ),
    )
    waits = lab.settings.nwk.broadcast_delivery_time
    lab.step("not before the broadcast has spread", "R22 3.4.10.3").expect(
        lambda: waited(lab) >= waits, f"{format_duration(waited(lab))} after the beacon"
    )
    members = [
        (each.lab.home().hub, device)
        for each in (one, two)
        for device in each.lab.home().joiners
        if has_agreed_key(device)
    ]
    lab.step("every device that had joined is on the identifier of its hub", "R22 3.4.10").until(
        lambda: all(pan_id_of(device) == pan_id_of(hub) for hub, device in members),
        within="1 h",
        detail=lambda: f"{len(members)} devices, none lost",
    )


def waited(lab: Lab) -> Duration:
    """From the first beacon that was noticed to the first change."""
    heard, _ = next(iter(lab.trace.of(PanConflictHeard)))
    changed, _ = next(iter(lab.trace.of(PanIdChanged)))
    return Duration(changed.at - heard.at)
