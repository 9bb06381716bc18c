"""Defects of devices under test, and devices that do not get into their home."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from emulator.equipment.request import RemoteParties
from emulator.kernel.errors import EnvironmentFault
from emulator.smart_energy.device import Applications, Boot, SmartEnergyDevice

Defect = Callable[[RemoteParties, Applications], Applications]
"""Makes the applications of a device worse than they are."""


@dataclass(frozen=True, slots=True)
class DeviceDefect:
    """A defect that is none of a device's applications, but of its stack or its papers.

    Args:
        spoil: makes a device worse than it is, before it ever had power.
        says: what it does wrong, and against which clause.
    """

    spoil: Callable[[SmartEnergyDevice], None]
    says: str


class NotJoinedError(EnvironmentFault):
    """A device does not get into its home.

    Args:
        reason: how far it came.
        joined: whether it got onto the network, but agreed no key there.
    """

    def __init__(self, reason: str, *, joined: bool) -> None:
        super().__init__(reason)
        self.joined = joined


def says(defect: Defect | DeviceDefect) -> str:
    """What a defect does wrong, and against which clause."""
    if isinstance(defect, DeviceDefect):
        return defect.says
    return (defect.__doc__ or "").strip()


def spoil(device: SmartEnergyDevice, defect: Defect | DeviceDefect, remote: RemoteParties) -> None:
    """Let every boot of a device have a defect."""
    if isinstance(defect, DeviceDefect):
        defect.spoil(device)
        return
    good = device.description.applications

    def spoilt(boot: Boot) -> Applications:
        return defect(remote, good(boot))

    device.description = replace(device.description, applications=spoilt)
