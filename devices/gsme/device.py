"""A gas meter: on battery, asleep between polls, and client of the hub's tunnel and mirror."""

from typing import Final

from devices.metering import CUBIC_METRES, GAS, metering
from devices.shipped import (
    BATTERY,
    KEY_COMMANDS,
    Nature,
    basic,
    joining_device,
    key_establishment,
)
from emulator.equipment.request import DeviceRequest
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.messaging import MESSAGING
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

METER: Final = Endpoint(1)
SLEEPY: Final = Nature(DeviceType.END_DEVICE, sleepy=True, power_source=BATTERY)


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A gas meter."""
    meter = EndpointDefinition(
        endpoint=METER,
        device_id=DeviceId.METERING_DEVICE,
        servers=(BASIC.id, METERING.id, PREPAYMENT.id, KEY_ESTABLISHMENT.id),
        clients=(
            TIME.id,
            KEEP_ALIVE.id,
            PRICE.id,
            MESSAGING.id,
            CALENDAR.id,
            DEVICE_MANAGEMENT.id,
            TUNNELING.id,
            KEY_ESTABLISHMENT.id,
        ),
        attributes=(
            *basic(request, BATTERY),
            *key_establishment(request),
            *metering(GAS, CUBIC_METRES),
        ),
        commands=KEY_COMMANDS,
    )
    return joining_device(request, SLEEPY, (meter,))
