"""The client of tunnels: opens them, sends data through them, and takes data from them.

A hub is the client of every partner that listens, a gas meter that of its hub (GBCS 10.2.2). One
request is under way at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, later
from emulator.smart_energy.primitives import KeyEstablishmentEnded
from emulator.smart_energy.tunnel.commands import answer, data_of, default_response, to_server
from emulator.smart_energy.tunnel.facts import MessageTunnelled, TunnelClosed
from emulator.smart_energy.tunnel.link import OPENING, Link, LinkState
from emulator.smart_energy.tunnel.opener import ClientRole, TunnelOpener
from emulator.smart_energy.tunnel.outbox import Transfer, transfer_of
from emulator.smart_energy.tunnel.primitives import (
    EnsureTunnel,
    LogPartner,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    Undeliverable,
    UnlogPartner,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.zcl.clusters.tunneling import (
    TUNNELING,
    CloseTunnel,
    ToClient,
    ToServer,
    TransferData,
    TransferDataError,
    TransferDataStatus,
)
from emulator.zcl.primitives import (
    Side,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclStatus,
)
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.zdo.primitives import DeviceAnnounceIndication, ZdpConfirm

Effects = Sequence[Any]


class TunnelClient:
    """Keeps a tunnel to every partner it has."""

    accepts: ClassVar[tuple[type, ...]] = (
        LogPartner,
        UnlogPartner,
        EnsureTunnel,
        TunnelDataRequest,
        KeyEstablishmentEnded,
        DeviceAnnounceIndication,
        ZdpConfirm,
        ZclCommandConfirm,
        ZclCommandIndication,
    )

    def __init__(
        self,
        role: ClientRole,
        settings: TunnelSettings,
        addresses: AddressLookup,
        handles: Iterator[int],
    ) -> None:
        self._role = role
        self._settings = settings
        self._handles = handles
        self.links: dict[Eui64, Link] = {}
        self._opener = TunnelOpener(role, settings, addresses, handles, self.links)

    @property
    def deadline(self) -> Instant | None:
        """When a tunnel is next asked for by itself."""
        return min((link.due for link in self.links.values() if link.due is not None), default=None)

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`; what concerns no partner of ours changes nothing."""
        effects: Effects = self._steps[type(event)](self, event, now)
        return effects

    def wake(self, now: Instant) -> Effects:
        """Ask for the tunnels that are due, where there is a key for them."""
        effects: list[Any] = []
        for link in [each for each in self.links.values() if each.due is not None]:
            if link.due is not None and link.due <= now:
                link.due = None
                effects += self._opener.open(link, now)
        return effects

    # Partners

    def _logged(self, event: LogPartner, now: Instant) -> Effects:
        if event.sleepy:
            return self._handed_over(event.eui64, now)
        if event.eui64 in self.links or not self._role.serves(event.eui64):
            return ()
        self._link(event.eui64).due = later(now, self._settings.pause)
        return ()

    def _handed_over(self, partner: Eui64, now: Instant) -> Effects:
        """A partner of a restored log turns out to sleep: it opens the tunnel, and not we."""
        link = self.links.pop(partner, None)
        if link is None:
            return ()
        freed = self._opener.next(now) if link.state in OPENING else ()
        return (*link.outbox.drop(Undeliverable.FETCHES), *freed)

    def _unlogged(self, event: UnlogPartner, now: Instant) -> Effects:
        link = self.links.pop(event.eui64, None)
        if link is None:
            return ()
        effects = [*link.outbox.drop(Undeliverable.UNLOGGED), *self._close(link)]
        if link.state in OPENING:
            effects += self._opener.next(now)
        return effects

    def _close(self, link: Link) -> Effects:
        if link.tunnel is None or link.address is None:
            return ()
        tunnel, link.tunnel = link.tunnel, None
        fact = TunnelClosed(link.partner, tunnel, "partner was removed from the device log")
        close = CloseTunnel(tunnel)
        which, endpoint = ToServer.CLOSE_TUNNEL, self._role.endpoint
        return (fact, to_server(next(self._handles), link.address, endpoint, which, close))

    def _keyed(self, event: KeyEstablishmentEnded, now: Instant) -> Effects:
        """A new key: whatever tunnel there was belongs to a device that joined anew."""
        link = self.links.get(event.partner)
        return () if event.failure is not None or link is None else self._renew(link, now)

    def _announced(self, event: DeviceAnnounceIndication, now: Instant) -> Effects:
        """After a rejoin a tunnel is asked for again (as a tunnel manager does)."""
        link = self.links.get(event.eui64)
        return () if link is None else self._renew(link, now)

    def _renew(self, link: Link, now: Instant) -> Effects:
        if link.state is LinkState.OPEN:
            link.state = LinkState.CLOSED
        link.tunnel = link.endpoint = None
        link.due = later(now, self._settings.pause)
        return ()

    def _link(self, partner: Eui64) -> Link:
        return self.links.setdefault(partner, Link.to(partner, self._settings))

    def _ensure(self, event: EnsureTunnel, now: Instant) -> Effects:
        if not self._role.serves(event.partner):
            return ()
        link = self._link(event.partner)
        return () if link.state is LinkState.OPEN else self._opener.open(link, now)

    def _found(self, event: ZdpConfirm, now: Instant) -> Effects:
        return self._opener.found(event, now)

    # Data

    def _data(self, event: TunnelDataRequest, now: Instant) -> Effects:
        if not self._role.serves(event.partner):
            return ()
        link = self._link(event.partner)
        if not self._role.has_key(link.partner):
            return (TunnelDataConfirm(event.handle, event.partner, Undeliverable.NO_TUNNEL),)
        link.outbox.put(event)
        if link.state is LinkState.OPEN:
            return self._send(link)
        return () if link.busy else self._opener.open(link, now)

    def _send(self, link: Link) -> Effects:
        if link.state is not LinkState.OPEN or link.tunnel is None or link.address is None:
            return ()
        handle = next(self._handles)
        request = link.outbox.take(handle)
        if request is None:
            return ()
        if len(request.octets) > link.maximum:
            return (*link.outbox.ended(Transfer.TOO_LONG), *self._send(link))
        data = TransferData(link.tunnel, request.octets)
        return (to_server(handle, link.address, self._role.endpoint, ToServer.TRANSFER_DATA, data),)

    def _transferred(self, link: Link, event: ZclCommandConfirm, now: Instant) -> Effects:
        transfer = transfer_of(event)
        effects = link.outbox.ended(transfer)
        if transfer in (Transfer.TAKEN, Transfer.TOO_LONG):
            return (*effects, *self._send(link))
        closed = self._lost(link, transfer.name.lower().replace("_", " "))
        again = self._opener.open(link, now) if len(link.outbox) else ()
        return (*effects, *closed, *again)

    def _lost(self, link: Link, reason: str) -> Effects:
        """The tunnel works no longer; the endpoint is asked for anew."""
        if link.state is not LinkState.OPEN or link.tunnel is None:
            return ()
        tunnel, link.tunnel = link.tunnel, None
        link.state = LinkState.CLOSED
        return (TunnelClosed(link.partner, tunnel, reason),)

    # What comes

    def _confirmed(self, event: ZclCommandConfirm, now: Instant) -> Effects:
        for link in self.links.values():
            if link.outbox.sends(event.handle):
                return self._transferred(link, event, now)
            if link.handle == event.handle and link.state in OPENING:
                return (*self._opener.confirmed(link, event, now), *self._send(link))
        return ()

    def _came(self, event: ZclCommandIndication, now: Instant) -> Effects:  # noqa: ARG002 - shape
        if event.cluster != TUNNELING.id or event.to_side is not Side.CLIENT:
            return ()
        step = self._commands.get(event.command)
        effects: Effects = () if step is None else step(self, event)
        return effects

    def _data_came(self, event: ZclCommandIndication) -> Effects:
        data = data_of(event)
        link = self._of(event)
        if link is None or data.tunnel not in {link.tunnel, *link.ids}:
            wrong = TransferDataStatus.NO_SUCH_TUNNEL
            error = TransferDataError(data.tunnel, wrong)
            return (answer(next(self._handles), event, ToServer.TRANSFER_DATA_ERROR, error),)
        if len(data.data) > self._settings.maximum_incoming:
            error = TransferDataError(data.tunnel, TransferDataStatus.DATA_OVERFLOW)
            return (answer(next(self._handles), event, ToServer.TRANSFER_DATA_ERROR, error),)
        return (
            *default_response(next(self._handles), event, ZclStatus.SUCCESS),
            MessageTunnelled(link.partner, len(data.data), "from"),
            TunnelDataIndication(link.partner, data.data),
        )

    def _closed(self, event: ZclCommandIndication) -> Effects:
        link = self._of(event)
        tunnel = CloseTunnel.decode(event.payload).tunnel
        done = default_response(next(self._handles), event, ZclStatus.SUCCESS)
        if link is None:
            return done
        link.ids.discard(tunnel)
        return (*done, *(self._lost(link, "partner closed it") if link.tunnel == tunnel else ()))

    def _of(self, event: ZclCommandIndication) -> Link | None:
        return None if event.source_eui64 is None else self.links.get(event.source_eui64)

    def snapshot(self) -> dict[str, Any]:
        """The partners, and which tunnels may be open there, as JSON knows them."""
        return {f"{eui64:016x}": link.snapshot() for eui64, link in self.links.items()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave; every tunnel is asked for again (GBCS 10.2.2.1)."""
        for text, row in state.items():
            link = self._link(Eui64(int(text, 16)))
            link.restore(row)
            link.due = START if self._role.persists else None

    _steps: ClassVar[Mapping[type, Any]] = {
        LogPartner: _logged,
        UnlogPartner: _unlogged,
        EnsureTunnel: _ensure,
        TunnelDataRequest: _data,
        KeyEstablishmentEnded: _keyed,
        DeviceAnnounceIndication: _announced,
        ZdpConfirm: _found,
        ZclCommandConfirm: _confirmed,
        ZclCommandIndication: _came,
    }
    _commands: ClassVar[Mapping[int, Any]] = {
        ToClient.TRANSFER_DATA: _data_came,
        ToClient.TUNNEL_CLOSURE_NOTIFICATION: _closed,
    }
