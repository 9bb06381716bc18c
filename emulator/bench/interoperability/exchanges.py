"""A device is exchanged for another of its kind, and the home works as before (SEC H14.49)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.lab.installing.installation import NEXT_WAKE, Ask, Installation
from emulator.lab.installing.visits import (
    fit_hub,
    install_electricity,
    install_gas,
    join_electricity,
    join_gas,
)
from emulator.smart_energy.device import SmartEnergyDevice

_READS: Final = {
    "ESME": ("4.1.1", "GBCS ECS17b", "2 min"),
    "GSME": ("4.1.1", "GBCS GCS13a", NEXT_WAKE),
}
_TYPE_1: Final = ("PPMID", "HCALCS")


def exchange_device(work: Installation, old: Eui64, new: Eui64) -> str:
    """Install a home with one device, take that out, and put the other in its place.

    Args:
        work: nothing of it is installed; both devices are in its shipment.
        old: goes.
        new: comes.

    Raises:
        StepFailed: when a step of it, or what the new device has to do, fails.
    """
    devices = {each.description.eui64: each for each in work.home.joiners}
    gone, come = devices[old], devices[new]
    kept = [each for each in work.home.joiners if each not in (gone, come)]
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    fit_hub(work)
    for device in (*kept, gone):
        _install(_with(work, *kept, gone), device)
    _take_out(_with(work, *kept, gone), gone)
    after = _taking_over(_with(work, *kept, come), gone, come)
    _install(after, come)
    _prove(after, come)
    return f"{come.name} works in the place of {gone.name}"


def _with(work: Installation, *devices: SmartEnergyDevice) -> Installation:
    """The installation as people see it who know of these devices only."""
    return replace(work, home=replace(work.home, joiners=devices))


def _taking_over(
    work: Installation, gone: SmartEnergyDevice, come: SmartEnergyDevice
) -> Installation:
    """The installation in which the new device measures the supply point of the old one."""
    point = work.home.shipped(gone).mpxn
    shipment = work.home.shipment
    devices = tuple(
        replace(each, mpxn=point) if each.eui64 == come.description.eui64 else each
        for each in shipment.devices
    )
    return replace(work, home=replace(work.home, shipment=replace(shipment, devices=devices)))


def _install(work: Installation, device: SmartEnergyDevice) -> None:
    _INSTALL.get(device.description.kind, _display)(work, device)


def _display(work: Installation, device: SmartEnergyDevice) -> None:
    work.install(device)
    join_electricity(work, device)
    join_gas(work, device)


_INSTALL: Final[Mapping[str, Callable[[Installation, SmartEnergyDevice], None]]] = MappingProxyType(
    {"ESME": install_electricity, "GSME": install_gas}
)


def _take_out(work: Installation, device: SmartEnergyDevice) -> None:
    """The device leaves the logs that it is in, the hub's among them, and the inventory's care."""
    eui64, kind = device.description.eui64, device.description.kind
    esme = work.find("ESME")
    if kind in _TYPE_1 and esme is not None:
        work.unjoin(esme, eui64, "8.8.1")
    elif kind in ("IHD", "CAD") and esme is not None:
        work.unjoin(esme, eui64, "8.8.2")
    work.remove(device)
    work.lab.step(f"{device.name} is off the network", "GBCS CCS02").until(
        lambda: not device.joined, within="40 min"
    )
    device.power_off()
    if work.side.status(eui64) is not None:
        work.decommission(device)


def _prove(work: Installation, device: SmartEnergyDevice) -> None:
    """The new device does what the old one did: a meter is read, others are on the network."""
    read = _READS.get(device.description.kind)
    if read is None:
        work.lab.step(f"{device.name} is on the network", "ZSE 1.4 5.4").expect(
            lambda: device.joined
        )
        return
    srv, clause, within = read
    asked = Ask(srv=srv, clause=clause, target=device.description.eui64, within=within)
    work.ask(f"{device.name} is read", asked)
