"""A consumer access device: on the HAN what an in-home display is, with its own way out."""

from devices.display import display
from emulator.equipment.request import DeviceRequest
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.device_ids import DeviceId


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A consumer access device."""
    return display(request, DeviceId.IN_HOME_DISPLAY)
