"""What a maker of devices is given."""

from dataclasses import dataclass

from emulator.kernel.identity import Eui64
from emulator.smart_energy.credentials import Credentials
from emulator.smart_energy.device import Surroundings
from emulator.smart_energy.stack_settings import StackSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRequest:
    """What a maker of devices is given; its kinds are entry points of group `hanlab.devices`.

    Args:
        kind: the shipment's word for the device.
        link_key: what its install code gives; None for a hub.
        manufacturer: as its Basic cluster tells it; also `model` and `firmware`.
    """

    name: str
    kind: str
    eui64: Eui64
    link_key: bytes | None
    credentials: Credentials
    surroundings: Surroundings
    settings: StackSettings
    manufacturer: str = ""
    model: str = ""
    firmware: str = ""
