"""A comms hub: coordinator, trust centre and network manager; CHF and GPF share its radio.

Endpoint numbers are free and must be discovered; these are those of Silicon Labs' hub sample. The
gas mirror's endpoint appears only once a gas meter asks for a mirror.
"""

from collections.abc import Callable
from typing import Final

from devices.metering import CUBIC_METRES, gas_registers, metering
from devices.shipped import (
    EVENT_COMMANDS,
    KEY_COMMANDS,
    OTA_SERVER_COMMANDS,
    TUNNEL_CLIENT_COMMANDS,
    TUNNEL_COMMANDS,
    basic,
    hub_device,
    key_establishment,
)
from devices.shown_at_home import mirrored_consumption
from emulator.equipment.fitting import also, in_a_hub
from emulator.equipment.gas_push import (
    PUBLISH_DEBT_LOG,
    PUBLISH_EVENT,
    PUBLISH_PREPAY_SNAPSHOT,
    PUBLISH_SNAPSHOT,
    PUBLISH_TOP_UP_LOG,
)
from emulator.equipment.gas_supply import GasSupply
from emulator.equipment.request import DeviceRequest
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GPF
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.units import Instant
from emulator.metering.consumption import Span
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.home.supply_server import SUPPLY_CLUSTERS, SUPPLY_COMMANDS, tells_of
from emulator.smart_energy.primitives import Reading
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute, serve
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import Endpoint

GAS_ESI: Final = Endpoint(1)
GAS_MIRROR: Final = Endpoint(2)
REMOTE_CH: Final = Endpoint(3)

PHYSICAL_ENVIRONMENT: Final = 0x01
"""Shall be 0x01 even where no mirror is free (GBCS 10.2.2, as a hub sample quotes it)."""
MASTER_AND_SUPERSEDING: Final = 0x09
"""TimeStatus of a hub (seen in a hub sample)."""
GAS: Final = 1
"""Price.CommodityType of the gas ESI."""
MANAGEMENT_COMMANDS: Final = serve(DEVICE_MANAGEMENT, Side.SERVER, only=(0x00, 0x01, 0x03, 0x05))
"""What displays ask of tenancy, supplier, site and customer (ZSE 1.4 Annex D)."""
METERED_GAS: Final = 128
"""MeteringDeviceType of a mirrored gas meter (ZSE 1.4 Table D-20)."""

AT_A_DEVICE: Final = (
    Reading(BASIC.id, (0x0000, 0x0004, 0x0005, 0x0007)),
    Reading(METERING.id, (0x0000, 0x0200, 0x0300, 0x0306)),
)
"""What the hub reads at a device: who made it and, of a meter, its register, status and unit."""


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A comms hub."""
    supply = GasSupply()
    gas_esi = EndpointDefinition(
        endpoint=GAS_ESI,
        device_id=DeviceId.ENERGY_SERVICE_INTERFACE,
        servers=(
            BASIC.id,
            TIME.id,
            OTA_UPGRADE.id,
            KEEP_ALIVE.id,
            *SUPPLY_CLUSTERS,
            DEVICE_MANAGEMENT.id,
            EVENTS.id,
            KEY_ESTABLISHMENT.id,
        ),
        clients=(METERING.id, KEY_ESTABLISHMENT.id),
        attributes=(*hub_attributes(request), *tariff_shown(supply)),
        commands=(
            *KEY_COMMANDS,
            *OTA_SERVER_COMMANDS,
            *EVENT_COMMANDS,
            *MANAGEMENT_COMMANDS,
            *SUPPLY_COMMANDS,
            *serve(METERING, Side.CLIENT, only=(0x01,)),
        ),
    )
    remote_ch = EndpointDefinition(
        endpoint=REMOTE_CH,
        device_id=DeviceId.REMOTE_COMMUNICATIONS_DEVICE,
        servers=(BASIC.id, TUNNELING.id, EVENTS.id),
        clients=(TUNNELING.id,),
        attributes=basic(request),
        commands=(*TUNNEL_COMMANDS, *TUNNEL_CLIENT_COMMANDS, *EVENT_COMMANDS),
    )

    def proxy_state() -> GbzExecutor:
        supply.executor = GbzExecutor(MeterStore(GPF))
        return supply.executor

    endpoints = (gas_esi, gas_mirror(request, supply), remote_ch)
    fitting = also(in_a_hub(request, proxy_state, GAS_MIRROR), tells_of(GAS_ESI, supply))
    return hub_device(request, endpoints, AT_A_DEVICE, fitting)


def hub_attributes(request: DeviceRequest) -> tuple[ServedAttribute, ...]:
    """What a hub says of itself at the gas ESI."""
    return (
        *basic(request),
        *key_establishment(request),
        ServedAttribute(BASIC.id, 0x0011, PHYSICAL_ENVIRONMENT),
        ServedAttribute(TIME.id, 0x0001, MASTER_AND_SUPERSEDING),
        ServedAttribute(PRICE.id, 0x0300, GAS),
        ServedAttribute(KEEP_ALIVE.id, 0x0000, request.settings.keep_alive.base),
        ServedAttribute(KEEP_ALIVE.id, 0x0001, request.settings.keep_alive.jitter),
    )


def tariff_shown(supply: GasSupply) -> tuple[ServedAttribute, ...]:
    """The tariff that the gas proxy function holds, as the Price cluster shows it (ZSE 1.4 D.4)."""

    def looks(attribute: int) -> Callable[[Instant], object]:
        return lambda _: supply.attribute(PRICE.id, attribute)

    return tuple(
        ServedAttribute(PRICE.id, attribute, value, live=looks(attribute))
        for (cluster, attribute), value in GPF.items()
        if cluster == PRICE.id
    )


def gas_mirror(request: DeviceRequest, supply: GasSupply) -> EndpointDefinition:
    """The mirror of a gas meter: its clusters served for it, and the flags it is told of.

    Until the meter has reported, it has the values of its hub.
    """
    flags = range(0x0005)
    calendar = request.surroundings.calendar

    def of_the_tenant(span: Span, now: Instant) -> int | None:
        return supply.consumption(span, calendar.moment(now))

    return EndpointDefinition(
        endpoint=GAS_MIRROR,
        device_id=DeviceId.METERING_DEVICE,
        servers=(BASIC.id, METERING.id, PREPAYMENT.id),
        clients=(),
        unlisted_clients=(BASIC.id, METERING.id, PREPAYMENT.id, EVENTS.id),
        attributes=(
            *basic(request),
            *metering(METERED_GAS, CUBIC_METRES),
            *gas_registers(),
            *mirrored_consumption(of_the_tenant),
            *(ServedAttribute(METERING.id, each, 0, Side.CLIENT) for each in flags),
        ),
        commands=(
            *serve(METERING, Side.CLIENT, only=(0x02, PUBLISH_SNAPSHOT, 0x08)),
            *serve(
                PREPAYMENT,
                Side.CLIENT,
                only=(PUBLISH_PREPAY_SNAPSHOT, PUBLISH_TOP_UP_LOG, PUBLISH_DEBT_LOG),
            ),
            *serve(EVENTS, Side.CLIENT, only=(PUBLISH_EVENT,), answered=False),
        ),
        hidden=True,
        judges_reports=True,
    )
