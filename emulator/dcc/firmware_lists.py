"""Which devices of a list a firmware image is for (DUIS 5.4, SRV 11.1 and 11.4).

Sending the image to the hubs is not modelled; the lists in the reply are.
"""

from dataclasses import dataclass
from typing import Final

from emulator.dcc.inventory.device_kinds import SMART_METERS, DeviceKind
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.service_request import ServiceRequest
from emulator.dcc.world import DccWorld
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, parse_eui64

_FOR: Final = {
    "11.1": SMART_METERS,
    "11.4": (DeviceKind.PPMID, DeviceKind.HCALCS),
}
"""Which devices take an image by which request."""


@dataclass(frozen=True, slots=True)
class FirmwareLists:
    """The devices of a list, by what becomes of them.

    Args:
        accepted: will get the image.
        invalid: unknown, or not of the kind that the request is for.
        not_commissioned: known, with another status.
    """

    accepted: tuple[Eui64, ...] = ()
    invalid: tuple[Eui64, ...] = ()
    not_commissioned: tuple[Eui64, ...] = ()

    @property
    def left_out(self) -> tuple[Eui64, ...]:
        """Those that will not get it."""
        return self.invalid + self.not_commissioned


def sorted_devices(request: ServiceRequest, world: DccWorld) -> FirmwareLists:
    """The devices of a request's list, sorted.

    Raises:
        UsageError: when there is no list, or something in it is no EUI-64.
    """
    listed = request.parameters.get("DeviceIDList")
    if not isinstance(listed, str) or not listed.strip():
        raise UsageError(f"{request.srv} needs DeviceIDList")
    accepted, invalid, waiting = [], [], []
    for device in dict.fromkeys(parse_eui64(text) for text in listed.split(",")):
        known = world.inventory.device(device)
        if known is None or known.kind not in _FOR[request.srv]:
            invalid.append(device)
        elif known.status is SmiStatus.COMMISSIONED:
            accepted.append(device)
        else:
            waiting.append(device)
    return FirmwareLists(tuple(accepted), tuple(invalid), tuple(waiting))
