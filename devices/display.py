"""What the displays of a home share: PPMID, IHD and CAD read the same clusters (ZSE 1.4 6.4)."""

from typing import Final

from devices.shipped import (
    KEY_COMMANDS,
    OTA_COMMANDS,
    TUNNEL_COMMANDS,
    Nature,
    basic,
    joining_device,
    key_establishment,
    ota,
)
from emulator.equipment.fitting import Fitting
from emulator.equipment.request import DeviceRequest
from emulator.smart_energy.device import SmartEnergyDevice, no_applications
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.messaging import MESSAGING
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import ClusterId, Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

MAIN: Final = Endpoint(1)
NATURE: Final = Nature(DeviceType.END_DEVICE)
READ: Final = (
    TIME.id,
    KEEP_ALIVE.id,
    PRICE.id,
    MESSAGING.id,
    METERING.id,
    PREPAYMENT.id,
    CALENDAR.id,
)
"""The clusters that a display is a client of."""


def display(
    request: DeviceRequest,
    device_id: DeviceId,
    *served: ClusterId,
    applications: Fitting = no_applications,
) -> SmartEnergyDevice:
    """A display on mains power, always listening, that serves `served` besides itself."""
    updates = TUNNELING.id in served
    tunnel = TUNNEL_COMMANDS if updates else ()
    main = EndpointDefinition(
        endpoint=MAIN,
        device_id=device_id,
        servers=(BASIC.id, *served, KEY_ESTABLISHMENT.id),
        clients=(*READ, *((OTA_UPGRADE.id,) if updates else ()), KEY_ESTABLISHMENT.id),
        attributes=(
            *basic(request),
            *key_establishment(request),
            *(ota(request) if updates else ()),
        ),
        commands=(*KEY_COMMANDS, *tunnel, *(OTA_COMMANDS if updates else ())),
    )
    return joining_device(request, NATURE, (main,), applications)
