"""One endpoint more, of Home Automation, for hosts that take no ZCL of Smart Energy.

zigpy 2.4.0 asks every endpoint under the profile its simple descriptor tells, and then leaves
every answer out whose profile is neither 0x0104 nor 0xC05E: it never learns what a Smart Energy
endpoint says. A device may have endpoints of several application profiles (a simple descriptor
names one each, R22 2.3.2.5); one with an endpoint of Home Automation is understood by such a host,
as far as Basic, Identify and the client of firmware images go. The Smart Energy endpoints stay as
they are. No device of a GB HAN has it (GBCS 10 knows profile 0x0109): labelled so, and never used
by a scenario.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zigbee.addresses import Endpoint, ProfileId

LABEL: Final = "one more endpoint, of Home Automation: in no GB HAN"
HOME_AUTOMATION_PROFILE: Final = ProfileId(0x0104)
METER_INTERFACE: Final = DeviceId(0x0053)
"""A device of HA 1.2, whose list is not that of Smart Energy."""
_FIRST: Final = 10
"""Above the endpoints of every device of ours that joins."""


def give_home_automation(device: SmartEnergyDevice) -> None:
    """Let a device without power have the endpoint from its next boot on, first of its list.

    Hosts read a device's make from the first endpoint that has Basic.

    Raises:
        UsageError: when the device has no Basic cluster whose values could stand there, too.
    """
    about = device.description
    device.description = replace(
        about, endpoints=(_endpoint(device.name, about.endpoints), *about.endpoints)
    )


def _endpoint(name: str, others: Sequence[EndpointDefinition]) -> EndpointDefinition:
    model = next((each for each in others if BASIC.id in each.servers), None)
    if model is None:
        raise UsageError(f"{name}: has no Basic cluster: no endpoint of Home Automation")
    taken = {each.endpoint for each in others}
    return EndpointDefinition(
        endpoint=next(Endpoint(each) for each in range(_FIRST, 241) if each not in taken),
        device_id=METER_INTERFACE,
        servers=(BASIC.id, IDENTIFY.id),
        clients=tuple(each for each in (OTA_UPGRADE.id,) if each in model.clients),
        attributes=tuple(
            each for each in model.attributes if each.cluster in (BASIC.id, OTA_UPGRADE.id)
        ),
        profile=HOME_AUTOMATION_PROFILE,
    )
