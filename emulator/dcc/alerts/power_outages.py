"""What users are told when a hub lost its power (DUIS 5.4 PowerOutageEvent, DCC alert AD1).

The hub tells the provider of the SM WAN, not the user: the alert is the DCC's. It names the supply
point of the electricity meter, whose network it is about.
"""

from collections.abc import Sequence
from typing import Final

from emulator.dcc.alerts.announcements import POWER_OUTAGE, registered_users, told
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.primitives import PowerLost
from emulator.dcc.users import UserRole
from emulator.dcc.world import DccWorld
from emulator.kernel.identity import format_eui64

_CONCERNED: Final = (UserRole.IMPORT_SUPPLIER, UserRole.ELECTRICITY_DISTRIBUTOR)
"""Assumed: no source at hand says who is told."""


def power_outage(event: PowerLost, world: DccWorld) -> Sequence[object]:
    """Alerts to those who are registered for the electricity meters behind the hub."""
    since = world.moment(event.since)
    meters = (
        each
        for each in world.inventory.snapshot()
        if each.kind is DeviceKind.ESME and each.hub == event.hub and each.mpxn
    )
    return tuple(
        effect
        for meter in meters
        for user in registered_users(world, meter.device, since, _CONCERNED)
        for effect in told(
            user,
            POWER_OUTAGE,
            {
                "CommsHubDeviceID": format_eui64(event.hub),
                "StartDateTime": since.isoformat(),
                "MPxN": meter.mpxn,
            },
        )
    )
