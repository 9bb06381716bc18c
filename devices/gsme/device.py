"""A gas meter: on battery, asleep between polls, and client of the hub's tunnel and mirror."""

from collections.abc import Mapping
from typing import Final

from devices.metered import SUMMATION_DELIVERED, metered
from devices.metering import CUBIC_METRES, GAS, metering
from devices.shipped import (
    BATTERY,
    KEY_COMMANDS,
    OTA_COMMANDS,
    TUNNEL_CLIENT_COMMANDS,
    Nature,
    basic,
    joining_device,
    key_establishment,
    ota,
)
from emulator.equipment.fitting import behind_a_hub
from emulator.equipment.meter_machine import ShownRegister
from emulator.equipment.request import DeviceRequest
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.cosem.device_objects import stored_token_key
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.gbz.as_shipped import GSME
from emulator.gbcs_device.gbz.attributes import AttributeKey
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.store import MeterStore
from emulator.gbcs_device.gbz.tokens import CheckDigitJudge, KeyJudge, TokenJudge
from emulator.kernel.units import minutes
from emulator.metering.quantities import Channel
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.cluster import ATTRIBUTE_REPORTING_STATUS
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
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
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute, serve
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

METER: Final = Endpoint(1)
COMPLETE: Final = 0x01
"""AttributeReportingStatus of a meter that reports once everything is measured (ZCL8 2.3.5.2)."""
NOTIFIED: Final = serve(METERING, Side.SERVER, only=(0x09,), answered=False)
"""Mirror Report Attribute Response (ZSE 1.4 D.3.2.3)."""
SHOWN_EVERY: Final = minutes(30)
"""How often a meter on battery updates what the HAN sees; SMETS2 4 has thirty minutes, by
background knowledge, unverified."""
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
            OTA_UPGRADE.id,
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
            *ota(request),
            *metering(GAS, CUBIC_METRES),
            ServedAttribute(METERING.id, ATTRIBUTE_REPORTING_STATUS.id, COMPLETE),
        ),
        commands=(*KEY_COMMANDS, *OTA_COMMANDS, *TUNNEL_CLIENT_COMMANDS, *NOTIFIED),
    )

    shown = (ShownRegister(Channel.GAS, METER, SUMMATION_DELIVERED),)
    measured = metered(request, (Channel.GAS,), shown, SHOWN_EVERY)
    reader = measured.reader()

    def registers() -> Mapping[AttributeKey, object]:
        return {(METERING.id, SUMMATION_DELIVERED): reader.register(Channel.GAS)}

    def state(_clock: DeviceClock) -> Mapping[PayloadKind, Executor]:
        return {PayloadKind.GBZ: GbzExecutor(MeterStore(GSME), tokens(request), registers)}

    fitting = measured.fitted(behind_a_hub(request, DeviceKind.GSME, state))
    return joining_device(request, SLEEPY, (meter,), fitting)


def tokens(request: DeviceRequest) -> TokenJudge:
    """Who judges the top-up codes of a meter: by its supplier's key, where it has any keys."""
    if request.remote is None:
        return CheckDigitJudge()
    return KeyJudge(stored_token_key(request.remote.keys, request.eui64))
