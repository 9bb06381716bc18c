"""A standalone auxiliary proportional controller: a load controller that remote parties command.

It goes by calendar, commands, limits and boosts, and tells of limits (`controlling.py`).

Device logs and CCS01 number no type for it; it goes as an electricity meter there, whose objects it
has for what it does (the reference messages command one so).
"""

from collections.abc import Mapping
from typing import Final

from devices.sapc.controlling import Controlling
from devices.shipped import (
    KEY_COMMANDS,
    TUNNEL_COMMANDS,
    Nature,
    basic,
    joining_device,
    key_establishment,
)
from emulator.equipment.fitting import behind_a_hub
from emulator.equipment.request import DeviceRequest
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Executor
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

MAIN: Final = Endpoint(1)
NATURE: Final = Nature(DeviceType.ROUTER)


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A controller on mains power, which also routes."""
    main = EndpointDefinition(
        endpoint=MAIN,
        device_id=DeviceId.REMOTE_COMMUNICATIONS_DEVICE,
        servers=(BASIC.id, TUNNELING.id, KEY_ESTABLISHMENT.id),
        clients=(TIME.id, KEEP_ALIVE.id, KEY_ESTABLISHMENT.id),
        attributes=(*basic(request), *key_establishment(request)),
        commands=(*KEY_COMMANDS, *TUNNEL_COMMANDS),
    )

    controlling = Controlling(request, MAIN)

    def objects(clock: DeviceClock) -> Mapping[PayloadKind, Executor]:
        return {PayloadKind.DLMS: controlling.objects(clock)}

    fitting = controlling.fitted(behind_a_hub(request, DeviceKind.SAPC, objects))
    return joining_device(request, NATURE, (main,), fitting)
