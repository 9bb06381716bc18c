"""A HAN connected auxiliary load control switch: a load control device with a tunnel.

It asks the meter in its device log to be controlled, and obeys it.
"""

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
from emulator.equipment.fitting import behind_a_hub
from emulator.equipment.request import DeviceRequest
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.load_control.load_switch import LOAD_SWITCH_COMMANDS
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.demand_response import (
    DEMAND_RESPONSE_AND_LOAD_CONTROL,
    DEVICE_CLASS_VALUE,
    EVERY_GROUP,
    SIMPLE_LOADS,
    UTILITY_ENROLLMENT_GROUP,
)
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

MAIN: Final = Endpoint(1)
NATURE: Final = Nature(DeviceType.ROUTER)


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A load control switch on mains power, which also routes."""
    main = EndpointDefinition(
        endpoint=MAIN,
        device_id=DeviceId.LOAD_CONTROL_DEVICE,
        servers=(
            BASIC.id,
            TUNNELING.id,
            KEY_ESTABLISHMENT.id,
        ),
        clients=(
            TIME.id,
            KEEP_ALIVE.id,
            OTA_UPGRADE.id,
            DEMAND_RESPONSE_AND_LOAD_CONTROL.id,
            KEY_ESTABLISHMENT.id,
        ),
        attributes=(
            *basic(request),
            *key_establishment(request),
            *ota(request),
            _load_control(UTILITY_ENROLLMENT_GROUP, EVERY_GROUP),
            _load_control(DEVICE_CLASS_VALUE, SIMPLE_LOADS),
        ),
        commands=(*KEY_COMMANDS, *OTA_COMMANDS, *TUNNEL_COMMANDS, *LOAD_SWITCH_COMMANDS),
    )
    fitting = behind_a_hub(request, DeviceKind.HCALCS)
    return joining_device(request, NATURE, (main,), fitting)


def _load_control(attribute: int, value: int) -> ServedAttribute:
    """A value of the client, by which it knows which events are for it."""
    return ServedAttribute(DEMAND_RESPONSE_AND_LOAD_CONTROL.id, attribute, value, Side.CLIENT)
