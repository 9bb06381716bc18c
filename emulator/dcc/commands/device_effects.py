"""What a device's answer changes in the inventory, by service request (SEC App. AC 4.9 to 4.14)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.dcc.alerts.announcements import (
    DEVICE_LOG_UPDATED,
    LOG_RESTORED,
    RESTORED_LOG,
    outcome,
    registered_users,
    told,
)
from emulator.dcc.alerts.credentials_effects import answered
from emulator.dcc.commands.in_flight import InFlight
from emulator.dcc.dated_updates import CredentialsUpdate
from emulator.dcc.firmware_versions import told_version
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.evidence import Evidence, LocalResponse, WanResponse
from emulator.dcc.inventory.inventory import Details
from emulator.dcc.inventory.records import InventoryRefusal, Move
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.orders.request_devices import named_device
from emulator.dcc.users import UserRole
from emulator.dcc.world import DccWorld
from emulator.gbcs.envelope import Message
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import Instant

_SUPPLIERS: Final = (UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """A command was carried out.

    Args:
        evidence: the answer, and how it came.
    """

    command: InFlight
    evidence: Evidence
    world: DccWorld
    now: Instant

    @property
    def user(self) -> Eui64:
        """Who asked for it."""
        return self.command.request.request_id.originator

    @property
    def other(self) -> Eui64 | None:
        """The device in the request that is not its target."""
        return named_device(self.command.request.parameters)


def effects_of(success: Success) -> tuple[object, ...]:
    """What follows from a command that was carried out."""
    effect = _EFFECTS.get(success.command.request.srv)
    return () if effect is None else effect(success)


def _commission(success: Success) -> tuple[object, ...]:
    return _moved(success, success.command.device, Trigger.COMMISSION_DEVICE)


def _moved(success: Success, device: Eui64, trigger: Trigger) -> tuple[object, ...]:
    move = Move(
        device=device,
        trigger=trigger,
        moment=success.world.moment(success.now),
        evidence=success.evidence,
    )
    return outcome(success.world.inventory.transition(move), success.world)


def _device_log(success: Success) -> tuple[object, ...]:
    """8.11: an added device belongs to the hub now; the user hears that the log was updated."""
    request, other = success.command.request, success.other
    told_of = told(success.user, DEVICE_LOG_UPDATED, {"RequestID": str(request.request_id)})
    if other is None:
        return told_of
    inventory = success.world.inventory
    if request.parameters.get("RequestType") == "Remove":
        inventory.set_hub(other, None)
        return told_of
    inventory.set_hub(other, success.command.device)
    mpxn = request.parameters.get("ImportMPxN")
    if isinstance(mpxn, str):
        inventory.set_details(other, Details(mpxn=mpxn))
    return (*_moved(success, other, Trigger.DEVICE_LOG_ADDED), *told_of)


def _join(success: Success) -> tuple[object, ...]:
    if success.other is None:
        return ()
    verdict = success.world.inventory.join(
        success.command.device,
        success.other,
        success.evidence,
        success.world.moment(success.now),
    )
    return outcome(verdict, success.world)


def _unjoin(success: Success) -> tuple[object, ...]:
    if success.other is not None:
        success.world.inventory.unjoin(success.command.device, success.other)
    return ()


def _mpxn(success: Success) -> tuple[object, ...]:
    """6.20.1, 6.20.2: the number that the device now shows is that of the inventory."""
    parameters = success.command.request.parameters
    details = Details(
        mpxn=_text(parameters, "ImportMPAN", "ImportMPRN", "import_mpan", "import_mprn"),
        export_mpxn=_text(parameters, "ExportMPAN", "export_mpan"),
    )
    found = success.world.inventory.set_details(success.command.device, details)
    if isinstance(found, InventoryRefusal):
        return outcome(found, success.world)
    if success.command.request.srv == "6.20.1":
        _confirm_mpxn(success)
    return ()


def _confirm_mpxn(success: Success) -> None:
    """SEC App. AC 4.14 is met: the meter can show its MPAN or MPRN."""
    if isinstance(success.evidence, WanResponse | LocalResponse):
        moment = success.world.moment(success.now)
        success.world.inventory.confirm_mpxn(success.command.device, success.evidence, moment)


def _text(parameters: Mapping[str, object], *names: str) -> str | None:
    """The first of these parameters that is a text."""
    found = (parameters.get(name) for name in names)
    return next((value for value in found if isinstance(value, str)), None)


def _credentials(success: Success) -> tuple[object, ...]:
    """6.15.1, 6.21, 6.23: other certificates, at once or at a date."""
    request = success.command.request
    update = CredentialsUpdate(request.request_id, request.srv, success.command.message)
    return answered(update, success.world, success.now)


def _restore(success: Success) -> tuple[object, ...]:
    """8.12.1, 8.12.2: the devices of the old hub belong to the new one."""
    parameters = success.command.request.parameters
    old = named_device(parameters, "OldCHFID", "OldGPFID")
    if old is None:
        return ()
    device, of_hub = success.command.device, "OldCHFID" in parameters
    if of_hub:
        success.world.inventory.replace_hub(old, device)
    moment = success.world.moment(success.now)
    payload: dict[str, object] = {
        "RestoredDate": moment.date(),
        RESTORED_LOG: "CHFDeviceLog" if of_hub else "GPFDeviceLog",
        **_hub_and_proxy("Old", old, success.world, is_hub=of_hub),
        **_hub_and_proxy("New", device, success.world, is_hub=of_hub),
    }
    users = registered_users(success.world, device, moment, _SUPPLIERS)
    concerned = dict.fromkeys((success.user, *users))
    return tuple(effect for user in concerned for effect in told(user, LOG_RESTORED, payload))


def _firmware(success: Success) -> tuple[object, ...]:
    """11.2, 11.3: the inventory has the version that the device says it runs."""
    if not isinstance(success.evidence, WanResponse | LocalResponse):
        return ()
    version = told_version(Message.decode(success.evidence.message))
    if not version:
        return ()
    details = Details(firmware=version)
    found = success.world.inventory.set_details(success.command.device, details)
    return outcome(found, success.world) if isinstance(found, InventoryRefusal) else ()


def _hub_and_proxy(when: str, device: Eui64, world: DccWorld, *, is_hub: bool) -> dict[str, object]:
    """A hub and its gas proxy, one of which is known; a GPF stays with the CHF it is part of."""
    known = world.inventory.device(device)
    hub = device if is_hub or known is None else known.hub
    proxies = (
        each.device
        for each in world.inventory.snapshot()
        if each.kind is DeviceKind.GPF and each.hub == hub
    )
    ends = {"CHF": hub, "GPF": next(proxies, None)}
    return {
        f"{when}{kind}DeviceID": format_eui64(each)
        for kind, each in ends.items()
        if each is not None
    }


_EFFECTS: Final[Mapping[str, Callable[[Success], tuple[object, ...]]]] = MappingProxyType(
    {
        "6.15.1": _credentials,
        "6.20.1": _mpxn,
        "6.20.2": _mpxn,
        "6.21": _credentials,
        "6.23": _credentials,
        "8.1.1": _commission,
        "8.7.1": _join,
        "8.7.2": _join,
        "8.8.1": _unjoin,
        "8.8.2": _unjoin,
        "8.11": _device_log,
        "8.12.1": _restore,
        "8.12.2": _restore,
        "11.2": _firmware,
        "11.3": _firmware,
    }
)
"""The service requests whose success changes something at the DCC."""
