"""An in-home display: it only reads (ZSE 1.4 Table 6-3)."""

from typing import Final

from devices.shipped import KEY_COMMANDS, Nature, basic, joining_device, key_establishment
from emulator.smart_energy.device import DeviceRequest, SmartEnergyDevice
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.messaging import MESSAGING
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

MAIN: Final = Endpoint(1)
NATURE: Final = Nature(DeviceType.END_DEVICE)


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """An in-home display on mains power, always listening."""
    main = EndpointDefinition(
        endpoint=MAIN,
        device_id=DeviceId.IN_HOME_DISPLAY,
        servers=(
            BASIC.id,
            KEY_ESTABLISHMENT.id,
        ),
        clients=(
            TIME.id,
            KEEP_ALIVE.id,
            PRICE.id,
            MESSAGING.id,
            METERING.id,
            PREPAYMENT.id,
            CALENDAR.id,
            KEY_ESTABLISHMENT.id,
        ),
        attributes=(*basic(request), *key_establishment(request)),
        commands=KEY_COMMANDS,
    )
    return joining_device(request, NATURE, (main,))
