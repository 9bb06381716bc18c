"""Homes of a building come up through the DCC: a visit each, then what waits for gas meters.

An installer goes from dwelling to dwelling. What a gas meter is sent it fetches when it wakes, so
that is asked for in all of them together, in the order of SEC App. AC 4.9 to 4.15.
"""

from collections.abc import Sequence

from emulator.alt_han.bridge.bridge import Bridge
from emulator.building.together import Round, commissioned_together
from emulator.kernel.identity import Eui64
from emulator.kernel.units import later, seconds
from emulator.lab.installing.bridged_home import power_bridge
from emulator.lab.installing.installation import Installation, sleeps, to_commission
from emulator.lab.installing.visits import (
    TAKEN_BY_METERS,
    fit_hub,
    join_electricity,
)
from emulator.lab.lab import Lab
from emulator.smart_energy.device import SmartEnergyDevice

JOIN_TIME = 120
"""Seconds for which a hub lets a device join. A joiner tries every open network around it, three
times each (ZSE 1.4 5.5.5.1), so hubs that installers have left are better closed."""
_ATTEMPTS = 5
"""How often an installer has a device logged."""
_PROXY = "SEC App. AC 4.10"
_BOTH_KNOW = "GBCS CS03C"
_DISPLAY = "GBCS CS03B; SEC App. AC 4.9"


def visit(work: Installation, bridge: Bridge | None) -> None:
    """All that can be done while an installer is in a dwelling: everything joins.

    Args:
        work: of the home.
        bridge: between hub and dwelling; None where there is none.
    """
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    fit_hub(work)
    if bridge is not None:
        power_bridge(work.lab, work.home, bridge)
    for device in sorted(work.home.joiners, key=lambda each: each.description.kind != "ESME"):
        _install(work, device)
        kind = device.description.kind
        if kind == "ESME":
            work.commission(device)
            work.set_mpxn(device)
        if kind in TAKEN_BY_METERS:
            join_electricity(work, device)


def _install(work: Installation, device: SmartEnergyDevice) -> None:
    """A device is added to the log and joins; again when its hub closed before it came.

    It may have been busy with other hubs that were open, or have missed the beacon of its own.
    """
    lab = work.lab
    for _ in range(_ATTEMPTS):
        work.log(device)
        device.power_on()
        late = lab.step(f"{device.name} does not come while its hub is open", "ZSE 1.4 5.5.5.1")
        closes = later(lab.scheduler.now, seconds(work.join_time))
        if lab.scheduler.run(closes, stop=lambda: device.joined):
            break
        late.done(lab.where(device))
    work.join_network(device)


def commission_gas(lab: Lab, works: Sequence[Installation]) -> None:
    """Gas meters and their proxies are commissioned, and displays learn of them.

    Args:
        lab: where the steps are told.
        works: of homes that were visited; those without a gas meter need nothing.
    """
    meters = [(work, device) for work in works for device in work.home.joiners if sleeps(device)]
    if not meters:
        return
    both = Round(lab)
    both.send("commands to commission the gas meters are sent", [
        (work, to_commission(device)) for work, device in meters
    ])  # fmt: skip
    both.answered("gas meters are commissioned", "SEC App. AC 4.11 to 4.13")
    names = [(work, device.description.eui64) for work, device in meters]
    commissioned_together(lab, "gas meters count as commissioned", "SEC App. AC 4.13", names)
    pairs = [(work, meter, display) for work, meter in names for display in _of(work, "PPMID")]
    both.send("gas meters are to take their proxies into their device logs", [
        (work, work.to_join(meter, work.gas_proxy, "8.7.2", _PROXY)) for work, meter in names
    ])  # fmt: skip
    both.send("gas meters are to be told their MPRNs", [
        (work, work.to_set_mpxn(device)) for work, device in meters
    ])  # fmt: skip
    both.send("gas meters are to take PPMIDs into their device logs", [
        (work, work.to_join(gsme, ppmid, "8.7.1", _BOTH_KNOW)) for work, gsme, ppmid in pairs
    ])  # fmt: skip
    both.answered("gas meters know proxy, MPRN and PPMID", "SEC App. AC 4.10, 4.14; GBCS CS03C")
    proxies = [(work, work.gas_proxy) for work, _ in names]
    commissioned_together(lab, "gas proxies count as commissioned", _PROXY, proxies)
    both.send("PPMIDs are to take gas meters into their device logs", [
        (work, work.to_join(ppmid, gsme, "8.7.2", _BOTH_KNOW)) for work, gsme, ppmid in pairs
    ])  # fmt: skip
    for kind in ("PPMID", "IHD", "CAD"):
        both.send(f"gas proxies are to take {kind}s into their device logs", [
            (work, work.to_join(work.gas_proxy, display, "8.7.2", _DISPLAY))
            for work, _ in names
            for display in _of(work, kind)
        ])  # fmt: skip
    both.answered("displays of gas are joined", _DISPLAY)


def _of(work: Installation, *kinds: str) -> list[Eui64]:
    return [each.description.eui64 for each in work.home.joiners if each.description.kind in kinds]
