"""A gas meter: on battery, asleep between polls, and client of the hub's tunnel and mirror."""

from collections.abc import Mapping
from typing import Final

from devices.metering import COUNTED, CUBIC_METRES, GAS, gas_registers, metering
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
from devices.shown_at_home import OPEN_SPANS, consumption_shown
from emulator.equipment.clock_keeper import keeps_time
from emulator.equipment.fitting import Fitting, behind_a_hub
from emulator.equipment.gas_meter_machine import UNHEARD, GasMeterMachine, GasMeterOnHan
from emulator.equipment.gas_push import GasPush
from emulator.equipment.meter_machine import KeptMeter
from emulator.equipment.request import DeviceRequest
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.cosem.device_objects import stored_token_key
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.gas_meter.keypad import Keypad
from emulator.gbcs_device.gas_meter.working_meter import WorkingGasMeter
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.settings import GbzSettings
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.state.tokens import CheckDigitJudge, KeyJudge, TokenJudge
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import Channel
from emulator.smart_energy.device import Applications, Boot, SmartEnergyDevice
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
SLEEPY: Final = Nature(DeviceType.END_DEVICE, sleepy=True, power_source=BATTERY)


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A gas meter."""
    around = request.surroundings
    clock = DriftingClock(around.calendar, request.settings.gas_meter.drift)
    gas = Meter(clock, (Channel.GAS,), now=around.scheduler.now)
    if Channel.GAS in request.load:
        gas.load(Channel.GAS, request.load[Channel.GAS], around.scheduler.now)
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
            *gas_registers(),
            *consumption_shown(gas, Channel.GAS, OPEN_SPANS),
            ServedAttribute(METERING.id, ATTRIBUTE_REPORTING_STATUS.id, COMPLETE),
        ),
        commands=(*KEY_COMMANDS, *OTA_COMMANDS, *TUNNEL_CLIENT_COMMANDS, *NOTIFIED),
    )

    return joining_device(request, SLEEPY, (meter,), at_work(request, meter, gas))


def at_work(request: DeviceRequest, meter: EndpointDefinition, gas: Meter) -> Fitting:
    """The applications of a gas meter, which goes on counting from boot to boot.

    Args:
        request: for the device.
        meter: its endpoint.
        gas: what counts.
    """
    seen = GasMeterOnHan(
        endpoint=METER,
        attributes=frozenset(
            (each.cluster, each.attribute)
            for each in meter.attributes
            if each.cluster in (METERING.id, PREPAYMENT.id)
        ),
        counted=frozenset((METERING.id, each) for each in COUNTED),
    )

    settings = request.settings
    kept = GbzSettings(top_ups=settings.tokens.logged, remembered_tokens=settings.tokens.remembered)

    def fitting(boot: Boot) -> Applications:
        scheduler = boot.surroundings.scheduler
        store = MeterStore(GSME, kept)
        work = WorkingGasMeter(gas, store, lambda: scheduler.now)
        executor = GbzExecutor(store, tokens(request), work)
        keypad = Keypad(executor, work, settings.manual_entry)
        machine = GasMeterMachine(gas, keypad, seen, scheduler.now)

        def objects(clock: DeviceClock) -> Mapping[PayloadKind, Executor]:
            clock.go_by(gas.clock)
            return {PayloadKind.GBZ: executor}

        remote = behind_a_hub(request, DeviceKind.GSME, objects)
        push = GasPush(executor, METER, boot.handles)
        parts = {"meter": KeptMeter(gas, scheduler)}
        working = remote(boot).beside(Applications((machine, push), parts, UNHEARD))
        return keeps_time(working, boot, gas.clock, METER, settings.clock)

    return fitting


def tokens(request: DeviceRequest) -> TokenJudge:
    """Who judges the top-up codes of a meter: by its supplier's key, where it has any keys."""
    if request.remote is None:
        return CheckDigitJudge()
    return KeyJudge(stored_token_key(request.remote.keys, request.eui64))
