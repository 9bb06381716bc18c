"""A prepayment meter interface device: a display with keys, and a tunnel for the hub."""

from devices.display import display
from emulator.equipment.fitting import behind_a_hub
from emulator.equipment.request import DeviceRequest
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A PPMID."""
    return display(
        request,
        DeviceId.PREPAYMENT_TERMINAL,
        PREPAYMENT.id,
        TUNNELING.id,
        applications=behind_a_hub(request, DeviceKind.PPMID),
    )
