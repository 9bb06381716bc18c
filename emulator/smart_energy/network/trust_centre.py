"""The trust centre of a Smart Energy network: who may join, and who gets which key.

Registration by install code (ZSE 1.4 5.4.8): a registered device gets the network key under a key
derived from its link key. An unregistered one is served by every layer as its own clause says: the
MAC lets it associate while joining is permitted (IEEE 802.15.4-2006 7.5.3.1), NWK keeps it as an
unauthenticated child (R22 3.6.1.4.1.1), and the trust centre sends it no key and, behind a router,
has it removed (R22 4.6.3.2.2.2, 4.6.3.3.2); its parent drops it when its time is over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later, seconds
from emulator.smart_energy.facts import (
    DeviceRemoved,
    HistoricKeyTaken,
    HistoricKeyUnused,
    JoiningOpened,
    JoinRefused,
    NetworkKeySent,
    Registered,
)
from emulator.smart_energy.keys.historic_keys import HistoricKeys, Trial
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.primitives import (
    FormNetwork,
    KeyEstablishmentEnded,
    PermitJoin,
    Register,
    RestoreTrustCentre,
    Unregister,
)
from emulator.smart_energy.settings import TrustCentreSettings
from emulator.zigbee.addresses import BROADCAST_ROUTERS, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeRemoveDeviceRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceIndication,
    KeyOrigin,
    TransportKeyType,
    UpdateDeviceStatus,
)
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinIndication,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
    NlmePermitJoiningRequest,
)
from emulator.zigbee.zdo.management_frames import MgmtPermitJoiningReq
from emulator.zigbee.zdo.primitives import DeviceAnnounceIndication, ZdpRequest

UNREGISTERED: Final = "not registered"


@dataclass(slots=True)
class Member:
    """What the trust centre knows of a registered device."""

    origin: KeyOrigin
    joined: bool = False
    parent: NwkAddress | None = None
    key_due: Instant | None = None
    link_key: bytes | None = None
    trial: Trial | None = None

    def times(self) -> Sequence[Instant]:
        """When something about it is due."""
        return [
            *([] if self.key_due is None else [self.key_due]),
            *([] if self.trial is None else [self.trial.until]),
        ]


class TrustCentre:
    """Admits registered devices, sends keys, and removes who agrees none in time."""

    accepts: ClassVar[tuple[type, ...]] = (
        Register,
        RestoreTrustCentre,
        Unregister,
        PermitJoin,
        NlmeJoinIndication,
        NlmeLeaveIndication,
        ApsmeUpdateDeviceIndication,
        DeviceAnnounceIndication,
        KeyEstablishmentEnded,
        ApsmeSetLinkKeyRequest,
    )

    def __init__(
        self, settings: TrustCentreSettings, network_key: NetworkKey, handles: Iterator[int]
    ) -> None:
        self._settings = settings
        self._network_key = network_key
        self._handles = handles
        self.members: dict[Eui64, Member] = {}
        self._closes: Instant | None = None
        self._repeats: Instant | None = None
        self._historic = HistoricKeys()
        self._resumed = False

    @property
    def deadline(self) -> Instant | None:
        """When joining is announced again, closes, or a device's time for its key is over."""
        if self._resumed:
            return Instant(0)
        times = [time for member in self.members.values() for time in member.times()]
        times += [time for time in (self._closes, self._repeats) if time is not None]
        return min(times, default=None)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`."""
        effects: Sequence[Any] = self._steps[type(event)](self, event, now)
        return effects

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of what is due."""
        if self._resumed:
            self._resume(now)
        effects: list[Any] = []
        if self._closes is not None and self._closes <= now:
            self._closes = self._repeats = None
            effects += self._announce(0)
        elif self._repeats is not None and self._repeats <= now:
            effects += self._reopen(now)
        for eui64, member in self.members.items():
            if member.trial is not None and member.trial.until <= now:
                effects += self._expect_install_code(eui64, member, member.trial, now)
            if member.key_due is not None and member.key_due <= now:
                effects += self._remove(eui64, member, "no key agreed in time (ZSE 1.4 5.5.5.5)")
        return effects

    def _resume(self, now: Instant) -> None:
        """Nobody knows how long there was no power: whoever has time for a key has it anew."""
        self._resumed = False
        for member in self.members.values():
            if member.trial is not None:
                member.trial = replace(member.trial, until=_after(member.trial.window, now))
            if member.joined:
                self._note(member, member.parent, now)

    def present(self) -> tuple[Eui64, ...]:
        """Who is registered and on the network."""
        return tuple(eui64 for eui64, member in self.members.items() if member.joined)

    # Registration

    def _register(self, event: Register, now: Instant) -> Sequence[Any]:
        """A device that is registered keeps the key it has (GBCS CCS01: "touch no link key")."""
        if event.eui64 in self.members:
            return ()
        window, key = event.historic_window, self._historic.take(event.eui64)
        if key is not None and window is not None:
            install_key = event.install_code.link_key
            trial = Trial(key, install_key, window, _after(window, now))
            self.members[event.eui64] = Member(KeyOrigin.HISTORIC, trial=trial)
            kept = ApsmeSetLinkKeyRequest(event.eui64, key, KeyOrigin.HISTORIC)
            return (kept, Registered(event.eui64))
        self.members[event.eui64] = Member(KeyOrigin.PRECONFIGURED)
        link_key = event.install_code.link_key
        return (ApsmeSetLinkKeyRequest(event.eui64, link_key), Registered(event.eui64))

    def _take_over(self, event: RestoreTrustCentre, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of steps
        """Devices of another hub come back under the hash of the key they agreed with it."""
        effects: list[Any] = []
        for eui64, hashed_key in event.devices:
            self.members[eui64] = Member(KeyOrigin.HASHED)
            effects.append(ApsmeSetLinkKeyRequest(eui64, hashed_key, KeyOrigin.HASHED))
            effects.append(Registered(eui64))
        return (*effects, FormNetwork(event.extended_pan_id))

    def _unregister(self, event: Unregister, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of steps
        member = self.members.pop(event.eui64, None)
        if member is None:
            return ()
        removal = self._remove(event.eui64, member, "unregistered") if member.joined else ()
        if member.trial is not None:
            return (*removal, *self._keep(event.eui64, member.trial.key))
        if member.link_key is not None:
            return (*removal, *self._keep(event.eui64, member.link_key))
        return (*removal, ApsmeSetLinkKeyRequest(event.eui64, None))

    def _keep(self, eui64: Eui64, key: bytes) -> Sequence[ApsmeSetLinkKeyRequest]:
        """Remember a removed device's key, whose frame counters go on when it returns."""
        displaced = self._historic.remember(eui64, key)
        kept = ApsmeSetLinkKeyRequest(eui64, key, KeyOrigin.HISTORIC)
        if displaced is None or displaced in self.members:
            return (kept,)
        return (kept, ApsmeSetLinkKeyRequest(displaced, None))

    def _expect_install_code(
        self, eui64: Eui64, member: Member, trial: Trial, now: Instant
    ) -> Sequence[Any]:
        """Nobody came under the old key: joining is open as long again (GBCS CCS01)."""
        member.trial, member.origin = None, KeyOrigin.PRECONFIGURED
        return (
            ApsmeSetLinkKeyRequest(eui64, trial.install_key),
            HistoricKeyUnused(eui64),
            *self._permit(PermitJoin(trial.window), now),
        )

    # Opening and closing

    def _permit(self, event: PermitJoin, now: Instant) -> Sequence[Any]:
        if event.seconds == 0:
            self._closes = self._repeats = None
            return self._announce(0)
        self._closes = later(now, seconds(event.seconds))
        return self._reopen(now)

    def _reopen(self, now: Instant) -> Sequence[Any]:
        """Announce what is left of the window, at most 254 s of it, and do so again in time."""
        assert self._closes is not None  # noqa: S101 - callers have an open window
        left = -(-(self._closes - now) // seconds(1))
        again = later(now, self._settings.permit_join_repeat)
        self._repeats = again if again < self._closes else None
        return self._announce(min(left, self._settings.permit_join))

    def _announce(self, duration: int) -> Sequence[Any]:
        broadcast = MgmtPermitJoiningReq(seconds=duration)
        return (
            NlmePermitJoiningRequest(duration),
            ZdpRequest(next(self._handles), BROADCAST_ROUTERS, broadcast),
            JoiningOpened(duration),
        )

    # Devices that come and go

    def _joined_here(self, event: NlmeJoinIndication, now: Instant) -> Sequence[Any]:
        rejoin = event.method is JoinMethod.REJOIN
        if rejoin and event.secured:
            return self._returned(event.eui64, None, now)
        return self._admit(event.eui64, event.nwk_address, None, now)

    def _joined_elsewhere(self, event: ApsmeUpdateDeviceIndication, now: Instant) -> Sequence[Any]:
        if event.status == UpdateDeviceStatus.DEVICE_LEFT:
            return self._gone(event.device)
        if event.status == UpdateDeviceStatus.STANDARD_SECURED_REJOIN:
            return self._returned(event.device, event.source, now)
        return self._admit(event.device, event.device_address, event.source, now)

    def _left_here(self, event: NlmeLeaveIndication, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of steps
        return () if event.device is None else self._gone(event.device)

    def _gone(self, eui64: Eui64) -> Sequence[Any]:
        member = self.members.get(eui64)
        if member is not None:
            member.joined = False
            member.key_due = None
        return ()

    def _admit(
        self, eui64: Eui64, address: NwkAddress, parent: NwkAddress | None, now: Instant
    ) -> Sequence[Any]:
        member = self.members.get(eui64)
        if member is None:
            clause = "R22 4.6.3.2.2.2" if parent is None else "R22 4.6.3.3.2"
            refusal = JoinRefused(eui64, UNREGISTERED, clause)
            if parent is None:
                return (refusal,)
            return (refusal, ApsmeRemoveDeviceRequest(parent, eui64))
        self._note(member, parent, now)
        transport = ApsmeTransportKeyRequest(
            destination=eui64,
            nwk_address=address,
            key_type=TransportKeyType.STANDARD_NETWORK_KEY,
            key=self._network_key.octets,
            sequence=self._network_key.sequence,
            parent=parent,
        )
        return (transport, NetworkKeySent(eui64, member.origin.value))

    def _returned(self, eui64: Eui64, parent: NwkAddress | None, now: Instant) -> Sequence[Any]:
        member = self.members.get(eui64)
        if member is None:
            reason = "rejoined without being registered"
            refusal = JoinRefused(eui64, reason, "R22 4.6.3.2.2")
            if parent is None:
                return (refusal, NlmeLeaveRequest(eui64))
            return (refusal, ApsmeRemoveDeviceRequest(parent, eui64))
        self._note(member, parent, now)
        return ()

    def _note(self, member: Member, parent: NwkAddress | None, now: Instant) -> None:
        member.joined = True
        member.parent = parent
        if not member.origin.protects_data and member.key_due is None:
            member.key_due = later(now, self._settings.key_establishment_limit)

    def _announced(self, event: DeviceAnnounceIndication, now: Instant) -> Sequence[Any]:
        """A newcomer may be a router that others join through: say again that joining is open."""
        member = self.members.get(event.eui64)
        if member is None:
            return ()
        returned = self._came_back(event.eui64, member)
        return returned if self._closes is None else (*returned, *self._reopen(now))

    def _came_back(self, eui64: Eui64, member: Member) -> Sequence[Any]:
        """A device on trial that is on the network has the key of before again."""
        trial = member.trial
        if trial is None:
            return ()
        member.trial = member.key_due = None
        member.origin, member.link_key = KeyOrigin.CBKE, trial.key
        key = ApsmeSetLinkKeyRequest(eui64, trial.key, KeyOrigin.CBKE)
        return (key, HistoricKeyTaken(eui64))

    def _keyed(self, event: ApsmeSetLinkKeyRequest, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of steps
        member = self.members.get(event.eui64)
        if member is not None and event.origin is KeyOrigin.CBKE:
            member.link_key = event.key
        return ()

    def _agreed(self, event: KeyEstablishmentEnded, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of steps
        member = self.members.get(event.partner)
        if member is not None and event.failure is None:
            member.origin = KeyOrigin.CBKE
            member.key_due = member.trial = None
        return ()

    def _remove(self, eui64: Eui64, member: Member, reason: str) -> Sequence[Any]:
        member.joined = False
        member.key_due = None
        fact = DeviceRemoved(eui64, reason)
        if member.parent is None:
            return (fact, NlmeLeaveRequest(eui64))
        return (fact, ApsmeRemoveDeviceRequest(member.parent, eui64))

    def snapshot(self) -> dict[str, Any]:
        """The registered devices and the keys of others, as JSON knows them."""
        members = {f"{eui64:016x}": _told(member) for eui64, member in self.members.items()}
        return {"members": members, "historic": self._historic.snapshot()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.members = {
            Eui64(int(eui64, 16)): _member(row) for eui64, row in state["members"].items()
        }
        self._historic.restore(state["historic"])
        self._resumed = True

    _steps: ClassVar[Mapping[type, Any]] = {
        Register: _register,
        RestoreTrustCentre: _take_over,
        Unregister: _unregister,
        PermitJoin: _permit,
        NlmeJoinIndication: _joined_here,
        NlmeLeaveIndication: _left_here,
        ApsmeUpdateDeviceIndication: _joined_elsewhere,
        DeviceAnnounceIndication: _announced,
        KeyEstablishmentEnded: _agreed,
        ApsmeSetLinkKeyRequest: _keyed,
    }


def _after(window: int, now: Instant) -> Instant:
    return later(now, seconds(window))


def _told(member: Member) -> dict[str, Any]:
    return {
        "origin": member.origin.name,
        "joined": member.joined,
        "parent": member.parent,
        "link_key": None if member.link_key is None else member.link_key.hex(),
        "trial": None if member.trial is None else member.trial.snapshot(),
    }


def _member(row: Mapping[str, Any]) -> Member:
    key, trial = row["link_key"], row["trial"]
    return Member(
        KeyOrigin[row["origin"]],
        row["joined"],
        row["parent"],
        link_key=None if key is None else bytes.fromhex(key),
        trial=None if trial is None else Trial.restored(trial),
    )
