"""Devices that a supplier leaves without commissioning them, for another to go on (MP121)."""

from collections.abc import Iterable

from emulator.kernel.identity import Eui64
from emulator.lab.installing.handover import switch_registration
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import device_named, every_device, needed_for
from emulator.lab.world.parties import GAINING_SUPPLIER
from emulator.smart_energy.device import SmartEnergyDevice


def installed_without(work: Installation, names: Iterable[str]) -> tuple[SmartEnergyDevice, ...]:
    """What is installed when these devices are left: nothing that needs one of them.

    Raises:
        UsageError: when the home has no device of such a name.
    """
    left = {device_named(work, name) for name in names}
    return tuple(
        each
        for each in every_device(work)
        if left.isdisjoint(_ids(needed_for(work, each.description.eui64)))
    )


def leave_to_another(work: Installation) -> None:
    """The supply points of devices without power are gained by another supplier.

    Their install codes stay with the supplier that pre-notified them, as MP121 has it.
    """
    for device in every_device(work):
        if not device.joined and work.home.shipped(device).mpxn:
            work.associate(device)
            switch_registration(work, device, GAINING_SUPPLIER)


def _ids(devices: Iterable[SmartEnergyDevice]) -> set[Eui64]:
    return {each.description.eui64 for each in devices}
