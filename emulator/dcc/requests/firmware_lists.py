"""Which devices of a list a firmware image is for, and its way to them (DUIS 5.4, SRV 11.1, 11.4).

A hub gets the image for each of its devices at once, if it has contact then.
"""

from dataclasses import dataclass
from typing import Final

from emulator.dcc.inventory.device_kinds import SMART_METERS, DeviceKind
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.primitives import DistributeImage
from emulator.dcc.service_request import ServiceRequest
from emulator.dcc.world import DccWorld
from emulator.gbcs.ota_image import image_header
from emulator.kernel.errors import UsageError, WireError
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


def distributed(
    request: ServiceRequest, lists: FirmwareLists, world: DccWorld
) -> tuple[DistributeImage, ...]:
    """What goes to the hubs of the devices that will get the image.

    A request that brings no image only asks what would become of its devices. Whose an image is,
    devices verify.

    Raises:
        UsageError: when what it brings is no image file.
    """
    octets = request.parameters.get("FirmwareImage")
    if octets is None:
        return ()
    if not isinstance(octets, bytes):
        raise UsageError("FirmwareImage: expected octets")
    try:
        image_header(octets)
    except WireError as error:
        raise UsageError(f"FirmwareImage: {error}") from error
    known = (world.inventory.device(device) for device in lists.accepted)
    return tuple(
        DistributeImage(hub, device.device, octets)
        for device in known
        if device is not None and (hub := world.hub_of(device)) is not None
    )


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
