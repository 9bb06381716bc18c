"""An Alt HAN bridge as a Zigbee router: it joins with an install code, and routes.

Its antennas are in two places; the laboratory makes them, because the line between them is no part
of the router (`emulator.alt_han.bridge.split_radio`). What real equipment says of itself is not
public: it is taken to have the clusters that every device of a HAN has.
"""

from typing import Final

from devices.shipped import KEY_COMMANDS, Nature, basic, joining_device, key_establishment
from emulator.equipment.request import DeviceRequest
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.keep_alive import KEEP_ALIVE
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.time import TIME
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType

MAIN: Final = Endpoint(1)
NATURE: Final = Nature(DeviceType.ROUTER)


def build(request: DeviceRequest) -> SmartEnergyDevice:
    """A router on mains power."""
    main = EndpointDefinition(
        endpoint=MAIN,
        device_id=DeviceId.REMOTE_COMMUNICATIONS_DEVICE,
        servers=(BASIC.id, KEY_ESTABLISHMENT.id),
        clients=(TIME.id, KEEP_ALIVE.id, KEY_ESTABLISHMENT.id),
        attributes=(*basic(request), *key_establishment(request)),
        commands=KEY_COMMANDS,
    )
    return joining_device(request, NATURE, (main,))
