"""What follows when a device takes other credentials (SRV 6.15.1, 6.21, 6.23).

A command may wait on the device for its date: nothing follows then until the device tells that it
carried it out (alert 8F66 in message code 00CB or 0124).
"""

from typing import Final

from emulator.dcc.alerts.announcements import (
    CREDENTIALS_UPDATED,
    SUPPLIER_CHANGED,
    registered_users,
    told,
)
from emulator.dcc.alerts.updated_credentials import updated_credentials
from emulator.dcc.dated_updates import CredentialsUpdate, credentials_command
from emulator.dcc.primitives import DropRequests
from emulator.dcc.users import UserRole
from emulator.dcc.world import DccWorld
from emulator.gbcs.asn1.credentials import UpdateCredentialsAlert
from emulator.gbcs.gbz_alert import FUTURE_DATED_SUCCESS
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant

UPDATE_ALERTS: Final = frozenset((0x00CB, 0x0124))
"""Message codes of alerts that tell what came of dated updates (GBCS 16.2)."""
_CANCELLED: Final = "99991231235959Z"
_CHANGE_OF_SUPPLIER: Final = "6.23"


def answered(update: CredentialsUpdate, world: DccWorld, now: Instant) -> tuple[object, ...]:
    """What follows from the first answer: of a dated command nothing yet."""
    value = credentials_command(update.command)
    date = None if value is None else value.execution_time
    if date is None:
        return _done(update, world, now)
    if date == _CANCELLED:
        world.dated_updates.cancel(update)
    else:
        world.dated_updates.keep(update)
    return ()


def alerted(device: Eui64, alert: object, world: DccWorld, now: Instant) -> tuple[object, ...]:
    """What follows when a device tells what came of an update that waited.

    Args:
        device: whose alert it is.
        alert: what its payload says.
        world: what the DCC knows.
        now: when it came.
    """
    if not isinstance(alert, UpdateCredentialsAlert):
        return ()
    update = world.dated_updates.take(device, alert.outcome)
    if update is None or alert.alert_code != FUTURE_DATED_SUCCESS:
        return ()
    return _done(update, world, now)


def _done(update: CredentialsUpdate, world: DccWorld, now: Instant) -> tuple[object, ...]:
    user = update.request_id.originator
    registered = registered_users(world, update.device, world.moment(now), tuple(UserRole))
    concerned = dict.fromkeys((user, *registered))
    updated = tuple(
        effect
        for payload in updated_credentials(update.command)
        for each in concerned
        for effect in told(each, CREDENTIALS_UPDATED, payload)
    )
    changed = _change_of_supplier(update, world) if update.srv == _CHANGE_OF_SUPPLIER else ()
    return (*updated, *changed)


def _change_of_supplier(update: CredentialsUpdate, world: DccWorld) -> tuple[object, ...]:
    """6.23: what waits for the supplier before is dropped; both hear of the change."""
    user = update.request_id.originator
    gained = told(user, SUPPLIER_CHANGED, {"RequestID": str(update.request_id)})
    losing = tuple(each.eui64 for each in world.users if each.supplier and each.eui64 != user)
    dropped = tuple(DropRequests(update.device, each, "change of supplier") for each in losing)
    return (*gained, *dropped)
