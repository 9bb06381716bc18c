"""Sizes, periods and identities of upgrades."""

from dataclasses import dataclass

from emulator.kernel.settings import setting, within
from emulator.kernel.units import Duration, hours, minutes


@dataclass(frozen=True, slots=True)
class OtaSettings:
    """How devices come to images (ZCL8 11, GBCS 11.2)."""

    manufacturer: int = setting(
        0xFFFF, source="no shipment tells a manufacturer's code; all ones match any", verified=False
    )
    image_type: int = setting(0, source="no shipment tells an image type", verified=False)
    block: int = setting(
        40, source="no document: octets asked for, so that an answer is one frame", verified=False
    )
    tries: int = setting(4, source="no document: requests before giving up", verified=False)
    first_check: Duration = setting(
        minutes(15), source="no document: after the device came onto the network", verified=False
    )
    check: Duration = setting(hours(24), source="no document: between checks", verified=False)
    largest: int = setting(
        0x400000, source="no document: octets that a device has room for", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse what a query has no room for (ZCL8 11.13.4, 11.13.6)."""
        within("ota.manufacturer", self.manufacturer, 0, 0xFFFF)
        within("ota.image_type", self.image_type, 0, 0xFFFF)
        within("ota.block", self.block, 1, 0xFF)
