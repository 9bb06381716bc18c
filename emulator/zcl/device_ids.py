"""The device identifiers of Smart Energy (ZSE 1.4 Table 5-13)."""

from typing import Final

from emulator.wire.codecs import OpenEnum


class DeviceId(OpenEnum):
    """What an endpoint of profile 0x0109 is."""

    ENERGY_SERVICE_INTERFACE = 0x0500
    METERING_DEVICE = 0x0501
    IN_HOME_DISPLAY = 0x0502
    PROGRAMMABLE_COMMUNICATING_THERMOSTAT = 0x0503
    LOAD_CONTROL_DEVICE = 0x0504
    SMART_APPLIANCE = 0x0505
    PREPAYMENT_TERMINAL = 0x0506
    PHYSICAL_DEVICE = 0x0507
    REMOTE_COMMUNICATIONS_DEVICE = 0x0508


DEVICE_NAMES: Final = {
    DeviceId.ENERGY_SERVICE_INTERFACE: "Energy Service Interface",
    DeviceId.METERING_DEVICE: "Metering Device",
    DeviceId.IN_HOME_DISPLAY: "In-Home Display",
    DeviceId.PROGRAMMABLE_COMMUNICATING_THERMOSTAT: "Programmable Communicating Thermostat",
    DeviceId.LOAD_CONTROL_DEVICE: "Load Control Device",
    DeviceId.SMART_APPLIANCE: "Smart Appliance",
    DeviceId.PREPAYMENT_TERMINAL: "Prepayment Terminal",
    DeviceId.PHYSICAL_DEVICE: "Physical Device",
    DeviceId.REMOTE_COMMUNICATIONS_DEVICE: "Remote Communications Device",
}
"""The specification's words for each device."""
