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
from emulator.smart_energy.home.cut_answer import DISPLAY_COMMANDS
from emulator.smart_energy.primitives import Reading
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
AT_A_METER: Final = (Reading(METERING.id, (0x0000, 0x0200, 0x0300)),)
"""What a display reads at a meter: its register, status and unit (ZSE 1.4 D.3.2)."""
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
    """A display on mains power, always listening, that serves `served` besides itself.

    One with a tunnel is a device that remote parties manage: it fetches images, and has a device
    log. The others take the keys that the hub sends.
    """
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
        commands=(*KEY_COMMANDS, *DISPLAY_COMMANDS, *tunnel, *(OTA_COMMANDS if updates else ())),
    )
    nature = Nature(
        DeviceType.END_DEVICE,
        partner_readings=AT_A_METER,
        open_to_partners=not updates,
        shows_home=True,
    )
    return joining_device(request, nature, (main,), applications)
