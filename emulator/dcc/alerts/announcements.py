"""What users are told when a status changes or a log is updated: DCC alerts (DUIS 5.4 DCCAlert).

The payloads are those of the schema. Which number goes with which is certain for few; see
`dcc_alert_codes.jsonl`. The number decides nothing here: what is told depends on the payload.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from emulator.dcc.code_tables import dcc_alert_code
from emulator.dcc.facts import DccAlertSent, InventoryRefused, StatusChanged
from emulator.dcc.inventory.device_kinds import SMART_METERS, DeviceKind
from emulator.dcc.inventory.records import InventoryRefusal, StatusChange, Unchanged, Verdict
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.service_request import DccAlert
from emulator.dcc.users import UserRole
from emulator.dcc.world import DccWorld
from emulator.kernel.identity import Eui64, format_eui64

DEVICE_LOG_UPDATED: Final = "N24"
CREDENTIALS_UPDATED: Final = "N42"
COMMISSIONED: Final = "N16"
DECOMMISSIONED: Final = "N1"
HUB_DECOMMISSIONED: Final = "N2"
REMOVED: Final = "N8"
SUSPENSION_CHANGED: Final = "N9"
SCHEDULE_REMOVED: Final = "N5"
COMMAND_FAILED: Final = "N3"
SUPPLIER_CHANGED: Final = "N26"
LOG_RESTORED: Final = "N28"
QUARANTINED: Final = "N33"
POWER_OUTAGE: Final = "AD1"
DUAL_BAND: Final = "N54"
PPMID_ALERT: Final = "N30"
BREACH: Final = "Breach"
"""Name of what says whose threshold a request that is set aside was over."""
RESTORED_LOG: Final = "RestoredLog"
"""Name of what says which log was restored."""
STATUS_CHANGE: Final = "DeviceStatusChange"
"""Name of what says which change of status it is."""
_NETWORK_ROLES: Final = (
    UserRole.ELECTRICITY_DISTRIBUTOR,
    UserRole.GAS_TRANSPORTER,
    UserRole.EXPORT_SUPPLIER,
)
_SUPPLIERS: Final = (UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER)


def told(user: Eui64, code: str, payload: Mapping[str, object]) -> tuple[object, ...]:
    """A DCC alert to one user, with the fact that tells of it."""
    known = dcc_alert_code(code)
    verified = known.certainty is Certainty.SOURCED
    return (
        DccAlert(user=user, code=code, family=known.family, payload=payload),
        DccAlertSent(user, code, known.family, verified),
    )


def outcome(verdict: Verdict, world: DccWorld) -> tuple[object, ...]:
    """What follows from a verdict of the inventory: facts, and alerts to those concerned."""
    match verdict:
        case StatusChange():
            return _changed(verdict, world)
        case InventoryRefusal():
            return (InventoryRefused(verdict.device, verdict.reason, verdict.clause),)
        case Unchanged():
            return ()


def _changed(change: StatusChange, world: DccWorld) -> tuple[object, ...]:
    before = "" if change.before is None else change.before.value
    fact = StatusChanged(
        change.device, before, change.after.value, change.clause, change.certainty.verified
    )
    also = tuple(effect for each in change.also for effect in _changed(each, world))
    return (fact, *_alerts(change, world), *also)


def _alerts(change: StatusChange, world: DccWorld) -> tuple[object, ...]:
    """Who is told of a change of status."""
    if change.after is SmiStatus.COMMISSIONED and change.kind in SMART_METERS:
        return _commissioned(change, world) if world.settings.commissioning_alert else ()
    if change.after in (SmiStatus.DECOMMISSIONED, SmiStatus.WITHDRAWN):
        hub = change.kind is DeviceKind.CHF
        return _ended(change, world, HUB_DECOMMISSIONED if hub else DECOMMISSIONED)
    if SmiStatus.SUSPENDED in (change.before, change.after):
        suspended = change.after is SmiStatus.SUSPENDED
        payload = status_change(change.device, "DeviceSuspended" if suspended else "DeviceRestored")
        return _to(change, world, SUSPENSION_CHANGED, payload, _SUPPLIERS)
    return ()


def status_change(device: Eui64, what: str) -> dict[str, object]:
    """The payload of a change of status.

    Args:
        device: whose.
        what: element of DUIS that says which (DUIS 5.4 DeviceStatusChange); empty where it has none
            for this kind of device.
    """
    return {"DeviceID": format_eui64(device), STATUS_CHANGE: what}


def _commissioned(change: StatusChange, world: DccWorld) -> tuple[object, ...]:
    record = world.inventory.device(change.device)
    mpxn = "" if record is None else record.mpxn
    payload = {**status_change(change.device, "MeterIdentity"), "ImportMPxN": mpxn}
    return _to(change, world, COMMISSIONED, payload, _NETWORK_ROLES)


def _ended(change: StatusChange, world: DccWorld, code: str) -> tuple[object, ...]:
    record = world.inventory.device(change.device)
    associated = (
        world.inventory.device(each) for each in world.inventory.associated_type_1(change.device)
    )
    payload: dict[str, object] = {
        **status_change(change.device, _end_of(change)),
        "ImportMPxN": "" if record is None else record.mpxn,
        "AssociatedType1Device": tuple(
            {"DeviceID": format_eui64(each.device), "DeviceType": each.kind.value}
            for each in associated
            if each is not None
        ),
    }
    return _to(change, world, code, payload, (*_SUPPLIERS, *_NETWORK_ROLES))


def _end_of(change: StatusChange) -> str:
    """What DUIS calls it that a device is decommissioned or withdrawn."""
    if change.kind in SMART_METERS:
        return "MeterDecommissioningOrWithdrawal"
    return "CHFDecommissioning" if change.kind is DeviceKind.CHF else ""


def _to(
    change: StatusChange,
    world: DccWorld,
    code: str,
    payload: Mapping[str, object],
    roles: tuple[UserRole, ...],
) -> tuple[object, ...]:
    users = registered_users(world, change.device, change.moment, roles)
    return tuple(effect for user in users for effect in told(user, code, payload))


def registered_users(
    world: DccWorld, device: Eui64, moment: datetime, roles: tuple[UserRole, ...]
) -> tuple[Eui64, ...]:
    """The users that registration data know for a device in one of these roles, each once."""
    return tuple(
        user.eui64
        for user in world.users
        if any(
            role in user.roles
            and world.registrations.entitled(user.eui64, role, device, moment) is True
            for role in roles
        )
    )
