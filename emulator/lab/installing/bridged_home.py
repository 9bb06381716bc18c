"""A home that its hub does not reach: who is on which side, and the Alt HAN bridge between them.

One end of a bridge is always wired at the electricity meter (DCP 400 3.2); the other is in the
dwelling, or at a gas meter that is far from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from emulator.alt_han.bridge.antennas import ends_of
from emulator.alt_han.bridge.backhaul import Backhaul
from emulator.alt_han.bridge.bridge import Bridge, BridgeDescription
from emulator.alt_han.bridge.settings import BackhaulSettings, BridgeSettings, Transparency
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.home.home import Home
from emulator.lab.lab import Lab
from emulator.lab.shipments.shipment import BENCH_EUI64S, BRIDGE
from emulator.radio.propagation.propagated_links import PropagatedLinks
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zigbee.nwk.facts import NetworkFormed

FAR: Final = ("GSME", "PPMID", "IHD", "CAD")
"""What is in the dwelling, or at its gas meter; hub and electricity meter are in a meter room."""
_SPREAD: Final = 0x1000
"""EUI-64s of ends are taken from so far into those of the bench."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A bridge that is to be fitted.

    Args:
        transparency: relay or proxy.
        backhaul: the line; what the run says when None.
        lines: of a system for many dwellings, which the bridge shares; its own when None.
        far: names or types of the devices at the remote end.
    """

    transparency: Transparency = Transparency.PROXY
    backhaul: BackhaulSettings | None = None
    lines: Mapping[str, Backhaul] | None = None
    far: tuple[str, ...] = FAR


def fit_bridge(lab: Lab, home: Home, fitting: Fitting) -> Bridge:
    """A pair of ends without power; on the ideal air the far devices hear the remote one alone.

    Raises:
        UsageError: when there is no electricity meter to wire it at, or the plan has no place for
            an end.
    """
    esme = home.device("ESME")
    name = f"{esme.name.removesuffix('ESME')}bridge"
    number = sum(1 for each in lab.world.names if each >= BENCH_EUI64S.start + _SPREAD)
    overrides = lab.options.overrides
    wired = Eui64(BENCH_EUI64S.start + _SPREAD + number)
    description = BridgeDescription(
        name=name,
        wired=wired,
        remote=Eui64(wired + 1),
        transparency=fitting.transparency,
        backhaul=fitting.backhaul or overrides.applied("backhaul", BackhaulSettings()),
        settings=overrides.applied("bridge", BridgeSettings()),
    )
    bridge = Bridge(description, lab.world.surroundings(), fitting.lines)
    lab.world.names[description.wired] = bridge.wired_place
    lab.world.names[description.remote] = bridge.remote_place
    separate(lab, home, (bridge.wired_place, bridge.remote_place), fitting.far)
    return bridge


def separate(lab: Lab, home: Home, ends: tuple[str, str], far: Iterable[str] = FAR) -> None:
    """On the ideal air, let devices hear the end on their side, and nobody on the other.

    Raises:
        UsageError: when the air has places and none for an end.
    """
    wired, remote = ends
    if isinstance(lab.links, PropagatedLinks):
        missing = [each for each in ends if each not in lab.links.places]
        if missing:
            raise UsageError(*(f"the plan has no place for {each!r}" for each in missing))
        return
    wanted = tuple(far)
    away = [each for each in home if {each.name, each.description.kind} & set(wanted)]
    near = [each for each in home if each not in away and each.description.kind != BRIDGE]
    for device in away:
        lab.links.set_rss(device.name, wired, None)
        for other in near:
            lab.out_of_reach(device, other)
    for other in near:
        lab.links.set_rss(other.name, remote, None)
    lab.links.set_rss(wired, remote, None)


def split_router(lab: Lab, home: Home, far: Iterable[str] = FAR) -> SmartEnergyDevice:
    """The bridge of the shipment that joins as a router; far devices hear its remote end alone.

    Raises:
        UsageError: when the shipment has none.
    """
    router = home.device(BRIDGE)
    separate(lab, home, ends_of(router.name), far)
    return router


def power_bridge(lab: Lab, home: Home, bridge: Bridge, within: str = "2 min") -> None:
    """A step in which both ends get power and come to the channel of their own HAN."""
    formed = [fact for _, fact in lab.trace.of(NetworkFormed, home.hub.name)]
    wanted = formed[-1].extended_pan_id if formed else None
    step = lab.step(f"{bridge.description.name} finds its HAN", "DCP 400 3.2")
    step.do(lambda: bridge.power_on(wanted)).until(
        lambda: bridge.settled,
        within=within,
        detail=lambda: f"{bridge.description.transparency.value}, wired at the electricity meter",
    )
