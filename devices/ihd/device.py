"""An in-home display: it only reads (ZSE 1.4 Table 6-3)."""

from devices.display import display
from emulator.equipment.request import DeviceRequest
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.device_ids import DeviceId


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """An in-home display."""
    return display(request, DeviceId.IN_HOME_DISPLAY)
