"""The firmware version of a device as its COSEM object shows it (GBCS ECS52, after CS06)."""

from collections.abc import Callable
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.dlms.data import octet_string
from emulator.gbcs_device.cosem.duty import Duty

FIRMWARE_VERSION: Final = Attribute(1, parse_obis("0-0:0.2.1.255"), 2)


def firmware_duty(running: Callable[[], bytes]) -> Duty:
    """The duty of that object.

    Args:
        running: gives the version that runs, 4 octets.
    """
    return Duty(name="firmware", reads={FIRMWARE_VERSION: lambda _: octet_string(running())})
