"""A home in the inventory as tests want it: which devices, and the evidence of each step."""

from datetime import UTC, datetime, timedelta
from typing import Final

from emulator.dcc.inventory.device_kinds import DeviceKind, Generation
from emulator.dcc.inventory.evidence import LocalResponse, WanContact, WanResponse
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import (
    DeviceRecord,
    InventoryRefusal,
    Model,
    Move,
    PreNotification,
    StatusChange,
    Verdict,
)
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.identity import Eui64

START: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
INSTALLER: Final = Eui64(0x90B3D51F30010001)
GAINER: Final = Eui64(0x90B3D51F30020001)

CHF: Final = Eui64(0x00DB1234567890A2)
GPF: Final = Eui64(0x00DB1234567890A3)
ESME: Final = Eui64(0x00DB1234567890A0)
GSME: Final = Eui64(0x00DB1234567890A1)
SAPC: Final = Eui64(0x00DB1234567890A8)
PPMID: Final = Eui64(0x00DB1234567890A4)
HCALCS: Final = Eui64(0x00DB1234567890A5)
IHD: Final = Eui64(0x00DB1234567890A6)
CAD: Final = Eui64(0x00DB1234567890A7)

HOME: Final = {
    DeviceKind.CHF: CHF,
    DeviceKind.GPF: GPF,
    DeviceKind.ESME: ESME,
    DeviceKind.GSME: GSME,
    DeviceKind.SAPC: SAPC,
    DeviceKind.PPMID: PPMID,
    DeviceKind.HCALCS: HCALCS,
    DeviceKind.IHD: IHD,
    DeviceKind.CAD: CAD,
}
"""One device of each kind, all of one home."""

SET_CLOCK: Final = {DeviceKind.ESME: 0x0062, DeviceKind.GSME: 0x007F}


def after(**length: float) -> datetime:
    """A moment that long after the start: `after(hours=2)`."""
    return START + timedelta(**length)


def told(kind: DeviceKind, device: Eui64 | None = None) -> PreNotification:
    """The pre-notification of a device of the home, or of another of its kind."""
    return PreNotification(
        device=HOME[kind] if device is None else device,
        kind=kind,
        notifier=INSTALLER,
        model=Model("0001", f"{kind.value}-1", "00000001"),
        hub=None if kind is DeviceKind.CHF else CHF,
    )


def device_record(
    kind: DeviceKind,
    status: SmiStatus | None = SmiStatus.PENDING,
    *,
    resumes: SmiStatus | None = None,
    device: Eui64 | None = None,
) -> DeviceRecord:
    """A device of the home as the inventory would know it."""
    return DeviceRecord(
        device=HOME[kind] if device is None else device,
        kind=kind,
        generation=Generation.SMETS2,
        status=status,
        since=START,
        resumes=resumes,
        model=Model("0001", f"{kind.value}-1", "00000001"),
        notifier=INSTALLER,
        notified=START,
        commissioned=None,
        hub=None if kind is DeviceKind.CHF else CHF,
        mpxn="",
        export_mpxn="",
        uprn="",
        postcode="",
    )


def notify_home(inventory: Inventory) -> None:
    """List every device of the home, all of one hub."""
    listed = inventory.pre_notify([told(kind) for kind in HOME], START)
    refusals = [listed] if isinstance(listed, InventoryRefusal) else []
    if refusals:
        raise AssertionError(refusals)


def set_clock_response(kind: DeviceKind, device: Eui64 | None = None) -> bytes:
    """A response to Commission Device of the right code and parties, its payload a stand-in."""
    message = Message(
        cra=Cra.RESPONSE,
        counter=1,
        originator=HOME[kind] if device is None else device,
        recipient=INSTALLER,
        date_time=b"",
        other_information=OtherInformation(SET_CLOCK.get(kind, 0x0062)),
        payload=bytes.fromhex("DA 20000002"),
        signature=bytes(64),
    )
    return message.encode()


def over_wan(
    message: bytes = b"", *, hub: Eui64 = CHF, at: datetime = START, successful: bool = True
) -> WanResponse:
    """A response that came over the SM WAN."""
    return WanResponse(hub, message, at, successful)


def on_site(message: bytes = b"") -> LocalResponse:
    """A successful response that a user took on site."""
    return LocalResponse(message, START, successful=True)


def connect_hub(inventory: Inventory, at: datetime = START) -> Verdict:
    """Let the hub be heard on the SM WAN."""
    return inventory.transition(
        Move(device=CHF, trigger=Trigger.WAN_CONTACT, moment=at, evidence=WanContact(CHF, at))
    )


def commission(inventory: Inventory, kind: DeviceKind, at: datetime = START) -> Verdict:
    """Give the inventory the successful response of a meter to Commission Device."""
    evidence = over_wan(set_clock_response(kind), at=at)
    return inventory.transition(
        Move(device=HOME[kind], trigger=Trigger.COMMISSION_DEVICE, moment=at, evidence=evidence)
    )


def commissioned_home(inventory: Inventory) -> None:
    """Bring every device of the home to where the dual-fuel sequence brings it."""
    notify_home(inventory)
    steps = [
        connect_hub(inventory),
        *(commission(inventory, kind) for kind in (DeviceKind.ESME, DeviceKind.GSME)),
        inventory.join(GSME, GPF, over_wan(), START),
        inventory.join(ESME, PPMID, over_wan(), START),
        inventory.join(ESME, HCALCS, over_wan(), START),
        inventory.join(GPF, PPMID, over_wan(), START),
        inventory.join(GPF, IHD, over_wan(), START),
        inventory.join(ESME, CAD, over_wan(), START),
    ]
    refusals = [step for step in steps if isinstance(step, InventoryRefusal)]
    if refusals:
        raise AssertionError(refusals)


def move_to(inventory: Inventory, device: Eui64, trigger: Trigger, at: datetime = START) -> Verdict:
    """Use a trigger that needs no evidence."""
    return inventory.transition(Move(device=device, trigger=trigger, moment=at))


def status(inventory: Inventory, device: Eui64) -> SmiStatus | None:
    """The status of a listed device."""
    return known(inventory, device).status


def known(inventory: Inventory, device: Eui64) -> DeviceRecord:
    """A device that is listed."""
    found = inventory.device(device)
    if found is None:
        raise AssertionError(f"{device:016X} is not listed")
    return found


def changed(verdict: Verdict) -> StatusChange:
    """The verdict, which is a change."""
    if isinstance(verdict, StatusChange):
        return verdict
    raise AssertionError(verdict)


def refused(verdict: Verdict | None) -> InventoryRefusal:
    """The verdict, which is a refusal."""
    if isinstance(verdict, InventoryRefusal):
        return verdict
    raise AssertionError(verdict)
