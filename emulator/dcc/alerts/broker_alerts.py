"""Alerts of devices for the access control broker that users hear of as DCC alerts (DUIS 5.4).

A hub on two bands tells the broker of its sub-GHz network (GBCS 16.2), and a PPMID has no supplier
that it could tell: the DCC passes on which alert it was, to who supplies the home. What else DUIS
has room for in these alerts is optional and is left out. Who is told is assumed.
"""

from collections.abc import Sequence
from typing import Final

from emulator.dcc.alerts.announcements import DUAL_BAND, PPMID_ALERT, registered_users, told
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.users import UserRole
from emulator.dcc.world import DccWorld
from emulator.gbcs.envelope import Message
from emulator.kernel.identity import format_eui64
from emulator.kernel.units import Instant

_SUB_GHZ: Final = range(0x0110, 0x0116)
"""Message codes of the alerts of a hub on two bands: 8F20, 8F26, 8F28, 8F2A, 8F2C, 8F2D."""
_SUPPLIERS: Final = (UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER)


def broker_alert(message: Message, code: int, world: DccWorld, now: Instant) -> Sequence[object]:
    """DCC alerts to suppliers, when it is an alert that they hear of; otherwise nothing."""
    known = world.inventory.device(message.originator)
    kind = None if known is None else known.kind
    device, message_code = message.originator, message.other_information.message_code
    if kind is DeviceKind.CHF and message_code in _SUB_GHZ:
        number, payload = (
            DUAL_BAND,
            {
                "CHFDeviceID": format_eui64(device),
                "DeviceAlertCode": f"{code:04X}",
                "GBCSHexadecimalMessageCode": f"{message_code:04X}",
            },
        )
    elif kind is DeviceKind.PPMID:
        number = PPMID_ALERT
        payload = {"DeviceID": format_eui64(device), "DeviceAlertCode": f"{code:04X}"}
    else:
        return ()
    users = registered_users(world, device, world.moment(now), _SUPPLIERS)
    return tuple(effect for user in users for effect in told(user, number, payload))
