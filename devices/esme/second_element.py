"""The second element of a twin element meter, as the home sees it.

One endpoint has one tariff, so that of the second element is on an energy service interface of its
own, and what passed through it on a metering device of its own, each after those of the first. That
meters show it so is unverified (GBCS 7.4 was not found).
"""

from collections.abc import Callable
from typing import Final

from devices.metered import SUMMATION_DELIVERED
from devices.metering import ELECTRIC, KILOWATT_HOURS, metering
from devices.shipped import basic
from devices.shown_at_home import element_shown, tariff_shown
from emulator.equipment.meter_machine import ShownRegister
from emulator.equipment.request import DeviceRequest
from emulator.equipment.second_supply import SECOND_REGISTERS, SecondElementSupply
from emulator.kernel.units import Instant
from emulator.metering.meter import Meter
from emulator.metering.quantities import Channel
from emulator.smart_energy.home.supply_server import SUPPLY_CLUSTERS, SUPPLY_COMMANDS
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute
from emulator.zigbee.addresses import Endpoint

SECOND_ESI: Final = Endpoint(4)
SECOND_METER: Final = Endpoint(5)
SECOND_REGISTER: Final = ShownRegister(Channel.SECONDARY_IMPORT, SECOND_METER, SUMMATION_DELIVERED)


def second_endpoints(
    request: DeviceRequest,
    meter: Meter,
    supply: SecondElementSupply,
    since: Callable[[Instant], int],
) -> tuple[EndpointDefinition, ...]:
    """The endpoints of the second element.

    Args:
        request: whose meter it is.
        meter: what counts.
        supply: looks at the tariff.
        since: gives the own time before which nothing is shown.
    """
    esi = EndpointDefinition(
        endpoint=SECOND_ESI,
        device_id=DeviceId.ENERGY_SERVICE_INTERFACE,
        servers=(
            BASIC.id,
            TIME.id,
            *SUPPLY_CLUSTERS,
        ),
        clients=(),
        attributes=(*basic(request), ServedAttribute(PRICE.id, 0x0300, ELECTRIC)),
        commands=SUPPLY_COMMANDS,
    )
    shown = EndpointDefinition(
        endpoint=SECOND_METER,
        device_id=DeviceId.METERING_DEVICE,
        servers=(BASIC.id, METERING.id),
        clients=(),
        attributes=(
            *basic(request),
            *metering(ELECTRIC, KILOWATT_HOURS),
            *element_shown(meter, Channel.SECONDARY_IMPORT, since),
            *tariff_shown(METERING.id, SECOND_REGISTERS, supply.metered),
        ),
    )
    return (esi, shown)
