"""What ZDO states about itself."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NwkAddress


@dataclass(frozen=True, slots=True)
class DeviceAnnounced:
    """A device said which short address it has."""

    kind: ClassVar[str] = "device_announced"
    device: Eui64
    address: NwkAddress


@dataclass(frozen=True, slots=True)
class RemovalObeyed:
    """The trust centre had a device removed: a child, or ourselves."""

    kind: ClassVar[str] = "removal_obeyed"
    target: Eui64
