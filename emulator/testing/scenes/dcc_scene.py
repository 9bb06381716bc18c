"""A DCC with users, a home of devices behind a hub, and devices that answer, for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final

from emulator.dcc.dcc import Dcc
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.evidence import WanContact, WanResponse
from emulator.dcc.inventory.inventory import Details, Inventory
from emulator.dcc.inventory.records import Move, PreNotification
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.originators import Originators
from emulator.dcc.requests.anomaly import AnomalyDetection, Threshold
from emulator.dcc.settings import DccSettings
from emulator.dcc.users import SUPPLIERS, User, UserRole, Users
from emulator.dcc.world import DccWorld
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, Organisation, make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Duration, later
from emulator.testing.scenes.fake_home import FakeHome

HUB: Final = Eui64(0x00DB1234567890A2)
GPF: Final = Eui64(0x00DB1234567890A3)
ESME: Final = Eui64(0x00DB1234567890A0)
GSME: Final = Eui64(0x00DB1234567890A1)
PPMID: Final = Eui64(0x00DB1234567890A4)
HCALCS: Final = Eui64(0x00DB1234567890A5)
IHD: Final = Eui64(0x00DB1234567890A6)
STRANGER: Final = Eui64(0x00DB12345678FFFF)
"""A device that nobody listed."""
KINDS: Final[Mapping[Eui64, DeviceKind]] = {
    HUB: DeviceKind.CHF,
    GPF: DeviceKind.GPF,
    ESME: DeviceKind.ESME,
    GSME: DeviceKind.GSME,
    PPMID: DeviceKind.PPMID,
    HCALCS: DeviceKind.HCALCS,
    IHD: DeviceKind.IHD,
}
MPAN: Final = "1312345678111"
_OTHER_BASE: Final = 0x02_48_41_4E_55_53_45_00
OTHER_SUPPLIER: Final = Eui64(_OTHER_BASE + 1)
OTHER_USER: Final = Eui64(_OTHER_BASE + 2)
UNKNOWN_USER: Final = Eui64(_OTHER_BASE + 3)


@dataclass(slots=True)
class FakeRegistrations:
    """Who is registered for every device, whatever its number.

    Args:
        holders: by role; a role that is not there is known to nobody.
    """

    holders: dict[UserRole, Eui64] = field(default_factory=dict)

    def entitled(self, user: Eui64, role: UserRole, device: Eui64, moment: datetime) -> bool | None:
        """Whether a user has a role for a device at a moment; None where nothing tells."""
        del device, moment
        holder = self.holders.get(role)
        return None if holder is None else holder == user


@dataclass(slots=True, kw_only=True)
class DccScene:
    """A DCC, its users, and a home.

    Args:
        home: the devices behind the hub.
        registrations: who is registered for them.
    """

    dcc: Dcc
    home: FakeHome
    scheduler: Scheduler
    trace: Trace
    registrations: FakeRegistrations
    keys: KeyStore

    @property
    def inventory(self) -> Inventory:
        """The inventory of the DCC."""
        return self.dcc.world.inventory

    @property
    def moment(self) -> datetime:
        """The UTC moment it is."""
        return self.dcc.world.moment(self.scheduler.now)

    def run(self, duration: Duration) -> None:
        """Let time pass."""
        self.scheduler.run(later(self.scheduler.now, duration))

    def status(self, device: Eui64) -> SmiStatus | None:
        """The status of a listed device."""
        record = self.inventory.device(device)
        assert record is not None  # noqa: S101 - a scene asks for what it listed
        return record.status

    def connect(self) -> None:
        """Give the hub its SM WAN."""
        self.dcc.wan.connect(HUB, self.home.deliver)

    def listed(self, *devices: Eui64) -> None:
        """List devices, all behind the hub."""
        supplier = self.dcc.user("supplier").eui64
        for device in devices:
            notified = PreNotification(
                device=device,
                kind=KINDS[device],
                notifier=supplier,
                hub=HUB if device == GPF else None,
            )
            self.inventory.pre_notify([notified], self.moment)
            if device != HUB:
                self.inventory.set_hub(device, HUB)
            self.inventory.set_details(device, Details(mpxn=MPAN))

    def commissioned(self, *devices: Eui64) -> None:
        """List devices, all behind the hub, and commission hub and meters."""
        self.listed(*devices)
        for device in devices:
            if KINDS[device] is DeviceKind.CHF:
                self._move(device, Trigger.WAN_CONTACT, WanContact(device, self.moment))
            elif KINDS[device] in (DeviceKind.ESME, DeviceKind.GSME):
                self._move(device, Trigger.COMMISSION_DEVICE, self._success(device))

    def _success(self, device: Eui64) -> WanResponse:
        code = 0x0062 if KINDS[device] is DeviceKind.ESME else 0x007F
        information = OtherInformation(code)
        user = self.dcc.user("supplier").eui64
        message = Message(Cra.RESPONSE, 1, device, user, b"", information, b"")
        return WanResponse(HUB, message.encode(), self.moment, successful=True)

    def _move(self, device: Eui64, trigger: Trigger, evidence: Any) -> None:
        move = Move(device=device, trigger=trigger, moment=self.moment, evidence=evidence)
        self.inventory.transition(move)


def dcc_scene(
    settings: DccSettings | None = None, thresholds: tuple[Threshold, ...] = ()
) -> DccScene:
    """A DCC with a supplier, another one, a network operator, an other user; no device listed."""
    keys = _keys()
    protection = Protection(keys=keys, agreement=_agreement())
    supplier, operator = _registered(keys)
    registrations = FakeRegistrations(
        {
            UserRole.IMPORT_SUPPLIER: supplier,
            UserRole.GAS_SUPPLIER: supplier,
            UserRole.ELECTRICITY_DISTRIBUTOR: operator,
            UserRole.GAS_TRANSPORTER: operator,
        }
    )
    world = DccWorld(
        users=_users(supplier, operator),
        inventory=Inventory.open(),
        registrations=registrations,
        protection=protection,
        originators=Originators(
            keys.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0],
            keys.with_role(RemotePartyRole.TRANSITIONAL_CHANGE_OF_SUPPLIER)[0],
        ),
        settings=settings or DccSettings(),
    )
    scheduler, trace = Scheduler(), Trace()
    dcc = Dcc(
        world,
        scheduler=scheduler,
        trace=trace,
        streams=Streams(1),
        anomalies=AnomalyDetection(thresholds),
    )
    home = FakeHome(protection=protection, up=lambda octets: dcc.wan.up(HUB, octets), hub=HUB)
    return DccScene(
        dcc=dcc,
        home=home,
        scheduler=scheduler,
        trace=trace,
        registrations=registrations,
        keys=keys,
    )


@cache
def _keys() -> KeyStore:
    """Keys of everybody; making them takes longer than most tests."""
    agrees = (KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)
    strangers = (
        Organisation(OTHER_SUPPLIER, RemotePartyRole.SUPPLIER, tuple(KeyUse)),
        Organisation(OTHER_USER, RemotePartyRole.OTHER, agrees),
    )
    return make_pki(1, KINDS, (*DEFAULT_ORGANISATIONS, *strangers)).keys


@cache
def _agreement() -> StoredKeyAgreement:
    return StoredKeyAgreement(_keys())


def _registered(keys: KeyStore) -> tuple[Eui64, Eui64]:
    """The supplier and the network operator."""
    suppliers = keys.with_role(RemotePartyRole.SUPPLIER)
    supplier = next(each for each in suppliers if each != OTHER_SUPPLIER)
    return supplier, keys.with_role(RemotePartyRole.NETWORK_OPERATOR)[0]


def _users(supplier: Eui64, operator: Eui64) -> Users:
    networks = frozenset((UserRole.ELECTRICITY_DISTRIBUTOR, UserRole.GAS_TRANSPORTER))
    return Users(
        (
            User(supplier, "supplier", SUPPLIERS),
            User(OTHER_SUPPLIER, "other supplier", SUPPLIERS),
            User(operator, "network operator", networks),
            User(OTHER_USER, "other user", frozenset((UserRole.OTHER_USER,))),
        )
    )
