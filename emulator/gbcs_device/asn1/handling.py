"""What every ASN.1 command works on, and what its handler gives back (GBCS 11 to 13)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_identity import DeviceIdentity
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.firmware import Firmware
from emulator.gbcs_device.settings import RemotePartySettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """The parts of a device that ASN.1 commands read and change."""

    identity: DeviceIdentity
    firmware: Firmware
    clock: DeviceClock
    settings: RemotePartySettings


@dataclass(frozen=True, slots=True)
class Handled:
    """What came of a command.

    Args:
        value: of the response's payload; None where none is sent.
        effects: for the device's other parts.
    """

    value: Any
    effects: tuple[object, ...] = ()


Handler: TypeAlias = Callable[[Belongings, Command, Any], Handled]


def injected(command: Command, item: int = 0) -> int | None:
    """What an item shall answer because somebody wants to see it fail; None where nobody does."""
    for fault in command.faults:
        if fault.item == item:
            return fault.result
    return None
