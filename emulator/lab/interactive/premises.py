"""A home that comes up quickly: no more of it is installed than somebody wants to talk to."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.installing.commissioning import come_back
from emulator.lab.installing.handover import hand_over_network
from emulator.lab.installing.installation import Installation
from emulator.lab.installing.visits import (
    fit_hub,
    install_electricity,
    install_gas,
    install_others,
    plan,
)
from emulator.lab.laboratory import LabOptions, ProgressListener
from emulator.lab.runs.emulated import emulated
from emulator.lab.shipments.shipment import DEVICE_TYPES, read_shipment
from emulator.lab.steps.unmet import StepFailed
from emulator.lab.world.parties import NETWORK_OPERATOR
from emulator.smart_energy.device import SmartEnergyDevice

_METERS: Final = {"ESME": install_electricity, "GSME": install_gas}


def open_home(
    devices: Path | None, options: LabOptions, progress: ProgressListener | None = None
) -> Installation:
    """The home of a shipment file, every device without power.

    Raises:
        UsageError: with every mistake of the file, or of what an earlier run kept.
        EnvironmentFault: when a file cannot be read.
    """
    check_state(options)
    lab = emulated(read_shipment(devices or USUAL_HOME), options)
    lab.progress = progress
    return plan(lab)


def check_state(options: LabOptions) -> None:
    """Refuse a state folder that is none.

    Raises:
        UsageError: when it is a file.
    """
    if options.state is not None and options.state.exists() and not options.state.is_dir():
        raise UsageError(f"--state {options.state}: not a folder: expected one, or a new name")


def device_named(work: Installation, text: str) -> Eui64:
    """The device of an EUI-64, a name or a type: `GSME`, `PPMID 2`, `GPF`.

    Raises:
        UsageError: when the home has none.
    """
    shipped = {each.eui64: each for each in work.home.shipment.devices}
    names = {work.name(eui64).upper(): eui64 for eui64 in shipped}
    found = names.get(text.strip().upper())
    if found is not None:
        return found
    known = ", ".join(work.name(eui64) for eui64 in shipped)
    try:
        eui64 = parse_eui64(text)
    except UsageError:
        alike = get_close_matches(text.upper(), names, 1)
        told = f"; did you mean {alike[0]}?" if alike else ""
        raise UsageError(
            f"no device is called {text!r}{told}: expected an EUI-64 or {known}"
        ) from None
    if eui64 not in shipped:
        raise UsageError(f"device {text} is not in the shipment, which has {known}")
    return eui64


def kind_of(work: Installation, eui64: Eui64) -> str:
    """The type of a device of the home."""
    return next(each.type for each in work.home.shipment.devices if each.eui64 == eui64)


def needed_for(work: Installation, target: Eui64) -> tuple[SmartEnergyDevice, ...]:
    """What has to be installed before a device can be talked to, in the order of installation.

    A gas proxy is in use with its gas meter; displays and switches join every meter there is.
    """
    kind = kind_of(work, target)
    if kind == "CHF":
        return ()
    meters = tuple(each for each in work.home.joiners if each.description.kind in _METERS)
    if kind == "GPF":
        return tuple(each for each in meters if each.description.kind == "GSME")
    own = tuple(each for each in work.home.joiners if each.description.eui64 == target)
    return own if kind in _METERS else (*meters, *own)


def every_device(work: Installation) -> tuple[SmartEnergyDevice, ...]:
    """Everything that joins the hub, meters first."""
    return tuple(sorted(work.home.joiners, key=lambda each: each.description.kind not in _METERS))


def bring_up(work: Installation, devices: Iterable[SmartEnergyDevice]) -> None:
    """The hub starts, what was installed before comes back, and these devices are installed.

    Raises:
        UsageError: when the shipment has no supply point of a meter that is to be installed.
        EnvironmentFault: when the home does not come up.
    """
    missing = tuple(each for each in devices if not each.remembers)
    _require_supply_points(work, missing)
    try:
        _start_hub(work)
        for device in work.home.joiners:
            if device.remembers:
                come_back(work.lab, work.home, device, within="5 min")
        for device in missing:
            _install(work, device)
    except StepFailed as failure:
        step = failure.step
        raise EnvironmentFault(f"the home does not come up: {step.name}: {step.detail}") from None


def hand_over(work: Installation, target: Eui64) -> None:
    """A meter gets the certificates of the network operator, who was not known to it (SRV 6.21).

    Raises:
        EnvironmentFault: when the meter does not take them.
    """
    for device in work.home.joiners:
        if device.description.eui64 == target and device.description.kind in _METERS:
            try:
                hand_over_network(work, device, NETWORK_OPERATOR)
            except StepFailed as failure:
                raise EnvironmentFault(f"{failure.step.name}: {failure.step.detail}") from None


def _start_hub(work: Installation) -> None:
    hub = work.home.hub
    if not hub.remembers:
        work.pre_notify_hub()
        work.pre_notify(*work.home.joiners)
        fit_hub(work)
        return
    step = work.lab.step("the hub starts its network again", "R22 3.6.1.1")
    step.do(hub.power_on).do(lambda: work.side.connect(hub))
    step.until(lambda: hub.joined, within="1 min")


def _install(work: Installation, device: SmartEnergyDevice) -> None:
    install = _METERS.get(device.description.kind)
    if install is None:
        install_others(work, (device,))
    else:
        install(work, device)


def _require_supply_points(work: Installation, devices: Iterable[SmartEnergyDevice]) -> None:
    without = [
        f"{work.home.shipment.path}: {device.name} has no "
        f"{DEVICE_TYPES[device.description.kind].meter_point}: expected one in column mpxn, "
        "as a meter is commissioned by who supplies its supply point"
        for device in devices
        if device.description.kind in _METERS and not work.home.shipped(device).mpxn
    ]
    if without:
        raise UsageError(*without)
