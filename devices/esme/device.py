"""An electricity meter: a router with an ESI, a metering device and a tunnel for the hub."""

from collections.abc import Mapping
from typing import Final

from devices.esme.second_element import SECOND_ESI, SECOND_REGISTER, second_endpoints
from devices.measuring import Measuring
from devices.metered import SUMMATION_DELIVERED
from devices.metering import ELECTRIC, KILOWATT_HOURS, metering
from devices.shipped import (
    EVENT_COMMANDS,
    KEY_COMMANDS,
    OTA_COMMANDS,
    TUNNEL_COMMANDS,
    Nature,
    basic,
    joining_device,
    key_establishment,
    ota,
)
from devices.shown_at_home import (
    COSTS,
    balances_shown,
    bill_shown,
    electricity_shown,
    power_band_shown,
    tariff_shown,
)
from emulator.cosem.server.members import MeterVariant
from emulator.equipment.electricity_registers import TARIFF_ATTRIBUTES, TARIFF_REGISTERS
from emulator.equipment.electricity_supply import ElectricitySupply
from emulator.equipment.fitting import also, behind_a_hub
from emulator.equipment.home_requests import HOME_COMMANDS
from emulator.equipment.load_control import LOAD_CONTROL_COMMANDS, controls_loads
from emulator.equipment.meter_machine import ShownRegister
from emulator.equipment.request import DeviceRequest
from emulator.equipment.second_supply import SecondElementSupply
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.cosem.device_objects import MeterMake
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Executor
from emulator.kernel.units import seconds
from emulator.metering.quantities import Channel
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.home.supply_server import SUPPLY_CLUSTERS, SUPPLY_COMMANDS, tells_of
from emulator.zcl.clusters.basic import BASIC
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
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

ELECTRICITY_ESI: Final = Endpoint(1)
METER: Final = Endpoint(2)
TUNNEL: Final = Endpoint(3)
SHOWN_EVERY: Final = seconds(10)
"""How often a meter on mains power updates what the HAN sees; SMETS2 5 has ten seconds, by
background knowledge, unverified."""
SUPPLY_STATUS: Final = 0x0014
SUPPLY_ON: Final = 2
"""SupplyStatus of a meter with its supply on (ZSE 1.4 Table D-25)."""
ESI_COMMANDS: Final = (
    *KEY_COMMANDS,
    *OTA_COMMANDS,
    *EVENT_COMMANDS,
    *SUPPLY_COMMANDS,
    *LOAD_CONTROL_COMMANDS,
)
"""What the energy service interface takes."""
ROUTER: Final = Nature(DeviceType.ROUTER)


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """An electricity meter of the variant that is set."""
    settings = request.settings
    variant = MeterVariant(settings.electricity_meter.variant)
    make = MeterMake(variant=variant, tokens=settings.tokens)
    twin = make.variant is MeterVariant.TWIN_ELEMENT
    first = ShownRegister(Channel.ACTIVE_IMPORT, METER, SUMMATION_DELIVERED)
    shown = (first, SECOND_REGISTER) if twin else (first,)
    measuring = Measuring(
        request=request,
        make=make,
        shown=shown,
        every=SHOWN_EVERY,
        asks_from=ELECTRICITY_ESI,
        obeys_at=METER,
    )
    supply, second = ElectricitySupply(), SecondElementSupply()
    esi = esi_endpoint(request, supply)
    meter = meter_endpoint(request, measuring, supply)
    tunnel = tunnel_endpoint(request)

    def objects(clock: DeviceClock) -> Mapping[PayloadKind, Executor]:
        executor = measuring.objects(clock)
        supply.executor, supply.clock, supply.view = executor, clock, measuring.view()
        second.view = supply.view
        return {PayloadKind.DLMS: executor}

    fitting = measuring.fitted(behind_a_hub(request, DeviceKind.ESME, objects))
    loads = controls_loads(ELECTRICITY_ESI, supply, request.settings.load_control)
    fitting = also(fitting, tells_of(ELECTRICITY_ESI, supply), loads)
    endpoints: tuple[EndpointDefinition, ...] = (esi, meter, tunnel)
    if twin:
        counts = measuring.meter.meter
        endpoints += second_endpoints(request, counts, second, supply.tenant_since)
        fitting = also(fitting, tells_of(SECOND_ESI, second))
    return joining_device(request, ROUTER, endpoints, fitting)


def esi_endpoint(request: DeviceRequest, supply: ElectricitySupply) -> EndpointDefinition:
    """What tells the home of tariff, calendar, messages and load control."""
    return EndpointDefinition(
        endpoint=ELECTRICITY_ESI,
        device_id=DeviceId.ENERGY_SERVICE_INTERFACE,
        servers=(
            BASIC.id,
            TIME.id,
            *SUPPLY_CLUSTERS,
            EVENTS.id,
            KEY_ESTABLISHMENT.id,
        ),
        clients=(TIME.id, KEEP_ALIVE.id, OTA_UPGRADE.id, KEY_ESTABLISHMENT.id),
        attributes=(
            *basic(request),
            *key_establishment(request),
            *ota(request),
            ServedAttribute(PRICE.id, 0x0300, ELECTRIC),
            *tariff_shown(PRICE.id, TARIFF_ATTRIBUTES, supply.priced),
        ),
        commands=ESI_COMMANDS,
    )


def tunnel_endpoint(request: DeviceRequest) -> EndpointDefinition:
    """Where messages of remote parties come."""
    return EndpointDefinition(
        endpoint=TUNNEL,
        device_id=DeviceId.REMOTE_COMMUNICATIONS_DEVICE,
        servers=(BASIC.id, TUNNELING.id),
        clients=(),
        attributes=basic(request),
        commands=TUNNEL_COMMANDS,
    )


def meter_endpoint(
    request: DeviceRequest, measuring: Measuring, supply: ElectricitySupply
) -> EndpointDefinition:
    """What the meter shows the home of what it counted, and of its account."""
    return EndpointDefinition(
        endpoint=METER,
        device_id=DeviceId.METERING_DEVICE,
        servers=(BASIC.id, METERING.id, PREPAYMENT.id),
        clients=(),
        attributes=(
            *basic(request),
            *metering(ELECTRIC, KILOWATT_HOURS),
            *electricity_shown(measuring.meter.meter, supply.tenant_since),
            power_band_shown(measuring.meter.meter, supply.power_band),
            ServedAttribute(METERING.id, SUPPLY_STATUS, SUPPLY_ON, live=supply.supply_status),
            *balances_shown(supply.prepayment),
            *bill_shown(supply.bill),
            *tariff_shown(METERING.id, TARIFF_REGISTERS, supply.metered),
            *tariff_shown(PREPAYMENT.id, COSTS, supply.cost),
        ),
        commands=() if request.remote is None else HOME_COMMANDS,
    )
