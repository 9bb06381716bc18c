"""Requests that the DCC answers itself (DUIS 5.4, variant 8), but for schedules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.dcc.alerts.announcements import (
    REMOVED,
    outcome,
    registered_users,
    status_change,
    told,
)
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.evidence import UserRequest
from emulator.dcc.inventory.inventory import Details
from emulator.dcc.inventory.records import (
    DeviceRecord,
    InventoryRefusal,
    Model,
    Move,
    PreNotification,
)
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.orders.request_devices import named_device
from emulator.dcc.primitives import DropRequests, LocalReply
from emulator.dcc.requests.firmware_lists import distributed, sorted_devices
from emulator.dcc.service_request import ServiceRequest
from emulator.dcc.users import UserRole
from emulator.dcc.world import DccWorld
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import Instant

_OBSTRUCTIONS: Final = (
    "PremiseType",
    "MetalObstructionCheck",
    "ConnectivityObstructionCheck",
    "SharedObstructionCheck",
)
"""Mandatory where a hub was installed without SM WAN (DUIS 5.4, SRV 8.14.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A request to the DCC itself."""

    request: ServiceRequest
    world: DccWorld
    now: Instant

    @property
    def user(self) -> Eui64:
        """Who sent it."""
        return self.request.request_id.originator

    @property
    def evidence(self) -> UserRequest:
        """What the inventory writes down of it."""
        return UserRequest(self.request.srv, self.user, self.world.moment(self.now))

    def device(self, name: str = "DeviceID") -> Eui64:
        """The device that a parameter names.

        Raises:
            UsageError: when it names none.
        """
        found = named_device(self.request.parameters, name)
        if found is None:
            raise UsageError(f"{self.request.srv} needs {name}")
        return found

    def text(self, name: str) -> str:
        """A parameter that is a text, empty when it is not given."""
        value = self.request.parameters.get(name, "")
        return value if isinstance(value, str) else str(value)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the DCC answers.

    Args:
        code: response code: I0 with a body, I99 without (DUIS response code I99).
        body: what was asked for.
        effects: what else follows.
    """

    code: str = "I99"
    body: object = None
    effects: tuple[object, ...] = ()


def answer(errand: Errand) -> Answer | InventoryRefusal:
    """What the DCC answers to a request for no device.

    Raises:
        UsageError: when a parameter is missing or wrong.
    """
    return _SERVICES[errand.request.srv](errand)


def _moved(
    errand: Errand, trigger: Trigger, to: SmiStatus | None = None
) -> Answer | InventoryRefusal:
    move = Move(
        device=errand.device(),
        trigger=trigger,
        moment=errand.world.moment(errand.now),
        evidence=errand.evidence,
        to=to,
    )
    verdict = errand.world.inventory.transition(move)
    if isinstance(verdict, InventoryRefusal):
        return verdict
    return Answer(effects=outcome(verdict, errand.world))


def _pre_notification(errand: Errand) -> Answer | InventoryRefusal:
    """12.2: a device, and with a hub its gas proxy function."""
    try:
        kind = DeviceKind(errand.text("DeviceType"))
    except ValueError:
        raise UsageError(f"DeviceType {errand.text('DeviceType')!r} is none of DUIS") from None
    model = Model(
        errand.text("DeviceManufacturer"),
        errand.text("DeviceModel"),
        errand.text("FirmwareVersion"),
    )
    device = errand.device()
    told_of = [PreNotification(device=device, kind=kind, notifier=errand.user, model=model)]
    gpf = named_device(errand.request.parameters, "AssociatedGPFDeviceID")
    if gpf is not None and kind is DeviceKind.CHF:
        told_of.append(
            PreNotification(
                device=gpf, kind=DeviceKind.GPF, notifier=errand.user, model=model, hub=device
            )
        )
    listed = errand.world.inventory.pre_notify(told_of, errand.world.moment(errand.now))
    if isinstance(listed, InventoryRefusal):
        return listed
    if errand.text("ESMEVariant"):
        errand.world.backups.variants[device] = errand.text("ESMEVariant")
    return Answer()


def _read_inventory(errand: Errand) -> Answer:
    """8.2: looked up by exactly one of four keys."""
    parameters, inventory = errand.request.parameters, errand.world.inventory
    keys = [name for name in ("UPRN", "DeviceID", "MPxN", "PropertyFilter") if name in parameters]
    if len(keys) != 1:
        raise UsageError("8.2 takes exactly one of UPRN, DeviceID, MPxN, PropertyFilter")
    devices: tuple[DeviceRecord, ...]
    if keys[0] == "DeviceID":
        found = inventory.device(errand.device())
        devices = () if found is None else (found,)
    else:
        lookup = {"UPRN": inventory.by_uprn, "MPxN": inventory.by_mpxn}
        devices = lookup.get(keys[0], inventory.by_postcode)(errand.text(keys[0]))
    most = errand.world.settings.devices_per_reply
    return Answer("I0", tuple(_described(errand.world, each) for each in devices[:most]))


def _described(world: DccWorld, device: DeviceRecord) -> Mapping[str, object]:
    """One device as a reply to 8.2 describes it (DUIS 5.4 Device)."""
    cpl = world.inventory.cpl_status(device.model)
    return MappingProxyType(
        {
            "DeviceID": format_eui64(device.device),
            "DeviceType": device.kind.value,
            "DeviceStatus": None if device.status is None else device.status.value,
            "DeviceManufacturer": device.model.manufacturer,
            "DeviceModel": device.model.model,
            "DeviceFirmwareVersion": device.model.firmware,
            "CPLStatus": None if cpl is None else cpl.value,
            "DateCommissioned": device.commissioned,
            "ImportMPxN": device.mpxn,
            "ExportMPAN": device.export_mpxn,
            "UPRN": device.uprn,
        }
    )


def _decommission(errand: Errand) -> Answer | InventoryRefusal:
    """8.3: the device gets no command; what waits for it is dropped."""
    moved = _moved(errand, Trigger.DECOMMISSION_DEVICE)
    if isinstance(moved, InventoryRefusal):
        return moved
    dropped = DropRequests(errand.device(), None, "the device was decommissioned")
    return Answer(effects=(*moved.effects, dropped))


def _update_inventory(errand: Errand) -> Answer | InventoryRefusal:
    """8.4: exactly one of status, details, removal and MPxN."""
    asked = [name for name in _UPDATES if name in errand.request.parameters]
    if len(asked) != 1:
        raise UsageError(f"8.4 takes exactly one of {', '.join(_UPDATES)}")
    return _UPDATES[asked[0]](errand)


def _new_status(errand: Errand) -> Answer | InventoryRefusal:
    name = next(each for each in _STATUSES if each in errand.request.parameters)
    value, allowed = errand.text(name), _STATUSES[name]
    if value not in {status.value for status in allowed}:
        raise UsageError(f"{name} {value!r}: expected {', '.join(s.value for s in allowed)}")
    record = errand.world.inventory.device(errand.device())
    hub = record is not None and record.kind is DeviceKind.CHF
    if hub is not (name == "UpdateDeviceStatusCH"):
        raise UsageError(f"{name} is not for this device")
    return _moved(errand, Trigger.STATUS_UPDATED, SmiStatus(value))


def _new_details(errand: Errand) -> Answer | InventoryRefusal:
    given = errand.request.parameters.get("UpdateDeviceDetails")
    given = given if isinstance(given, Mapping) else {}
    details = Details(
        firmware=_told(given.get("FirmwareVersion")),
    )
    return _detailed(errand, details)


def _new_mpxn(errand: Errand) -> Answer | InventoryRefusal:
    given = errand.request.parameters.get("UpdateMPxN")
    given = given if isinstance(given, Mapping) else {"ImportMPxN": given}
    details = Details(
        mpxn=_told(given.get("ImportMPxN")), export_mpxn=_told(given.get("ExportMPAN"))
    )
    return _detailed(errand, details)


def _told(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _detailed(errand: Errand, details: Details) -> Answer | InventoryRefusal:
    found = errand.world.inventory.set_details(errand.device(), details)
    return found if isinstance(found, InventoryRefusal) else Answer()


def _remove(errand: Errand) -> Answer | InventoryRefusal:
    """8.4 DeleteDevice: those registered for the device are told."""
    device, moment = errand.device(), errand.world.moment(errand.now)
    users = registered_users(errand.world, device, moment, tuple(UserRole))
    refused = errand.world.inventory.remove(device, errand.user, moment)
    if refused is not None:
        return refused
    concerned = dict.fromkeys((errand.user, *users))
    payload = status_change(device, "DeviceRemovedFromInventory")
    effects = tuple(each for user in concerned for each in told(user, REMOVED, payload))
    return Answer(effects=effects)


def _hub_installed(errand: Errand) -> Answer | InventoryRefusal:
    """8.14.1: data of the installation; contact on the SM WAN is what commissions the hub."""
    return _hub(errand, Trigger.HUB_INSTALLED)


def _hub_without_wan(errand: Errand) -> Answer | InventoryRefusal:
    """8.14.2: also what might be in the way of the signal."""
    missing = [name for name in _OBSTRUCTIONS if name not in errand.request.parameters]
    if missing:
        raise UsageError(f"8.14.2 needs {', '.join(missing)}")
    return _hub(errand, Trigger.HUB_INSTALLED_WITHOUT_WAN)


def _hub(errand: Errand, trigger: Trigger) -> Answer | InventoryRefusal:
    moved = _moved(errand, trigger)
    if not isinstance(moved, InventoryRefusal) and errand.text("MPxN"):
        errand.world.inventory.set_details(errand.device(), Details(mpxn=errand.text("MPxN")))
    return moved


def _hub_faulty(errand: Errand) -> Answer | InventoryRefusal:
    """8.14.3: names another device, which is mandatory."""
    errand.device("OtherDeviceID")
    return _moved(errand, Trigger.HUB_RETURNED_WITH_FAULT)


def _hub_returned(errand: Errand) -> Answer | InventoryRefusal:
    return _moved(errand, Trigger.HUB_RETURNED)


def _local_reply(errand: Errand) -> Answer:
    """8.13: a device's answer that a user took on site."""
    octets = errand.request.parameters.get("DeviceGBCSResponse")
    if not isinstance(octets, bytes):
        raise UsageError("8.13 needs DeviceGBCSResponse")
    return Answer(effects=(LocalReply(octets),))


def _wan_matrix(errand: Errand) -> Answer:
    """12.1: what the coverage database says, which may be wrong."""
    return Answer("I0", errand.world.coverage(errand.request.parameters))


def _firmware(errand: Errand) -> Answer:
    """11.1, 11.4: which devices will get the image, and why the others will not."""
    lists = sorted_devices(errand.request, errand.world)
    effects = distributed(errand.request, lists, errand.world)
    if not lists.left_out:
        return Answer("I0", lists, effects)
    warning = "W110101" if errand.request.srv == "11.1" else "W110401"
    return Answer(warning, lists, effects)


_STATUSES: Final = MappingProxyType(
    {
        "UpdateDeviceStatusExceptCH": (SmiStatus.PENDING, SmiStatus.INSTALLED_NOT_COMMISSIONED),
        "UpdateDeviceStatusCH": (
            SmiStatus.COMMISSIONED,
            SmiStatus.WITHDRAWN,
            SmiStatus.INSTALLED_NOT_COMMISSIONED,
        ),
    }
)
"""What 8.4 may set (DUIS 5.4 UpdateInventory)."""
_UPDATES: Final[Mapping[str, Callable[[Errand], Answer | InventoryRefusal]]] = MappingProxyType(
    {
        "UpdateDeviceStatusExceptCH": _new_status,
        "UpdateDeviceStatusCH": _new_status,
        "UpdateDeviceDetails": _new_details,
        "DeleteDevice": _remove,
        "UpdateMPxN": _new_mpxn,
    }
)
_SERVICES: Final[Mapping[str, Callable[[Errand], Answer | InventoryRefusal]]] = MappingProxyType(
    {
        "8.2": _read_inventory,
        "8.3": _decommission,
        "8.4": _update_inventory,
        "8.13": _local_reply,
        "8.14.1": _hub_installed,
        "8.14.2": _hub_without_wan,
        "8.14.3": _hub_faulty,
        "8.14.4": _hub_returned,
        "11.1": _firmware,
        "11.4": _firmware,
        "12.1": _wan_matrix,
        "12.2": _pre_notification,
    }
)
