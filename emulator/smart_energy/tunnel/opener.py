"""Opens the tunnels of a client, one request under way at a time (GBCS 10.2.2.1).

Find the endpoint that serves tunnels, ask for one; where no number is left, close every tunnel
that may be active and ask again.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant, later
from emulator.smart_energy.tunnel.commands import to_server
from emulator.smart_energy.tunnel.facts import TunnelOpened, TunnelRefused
from emulator.smart_energy.tunnel.link import OPENING, Link, LinkState
from emulator.smart_energy.tunnel.primitives import Undeliverable
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.wire.struct import Struct
from emulator.zcl.clusters.tunneling import (
    TUNNELING,
    CloseTunnel,
    RequestTunnel,
    RequestTunnelResponse,
    ToServer,
    TunnelStatus,
)
from emulator.zcl.foundation.general_commands import DefaultResponse
from emulator.zcl.primitives import Outcome, ZclAddress, ZclCommandConfirm
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, Endpoint
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

Effects = Sequence[Any]

LATER: frozenset[TunnelStatus] = frozenset({TunnelStatus.BUSY, TunnelStatus.NO_MORE_TUNNEL_IDS})
"""Refusals after which the same request may succeed in a few minutes."""


@dataclass(frozen=True, slots=True)
class ClientRole:
    """What sets the client of a hub apart from that of a gas meter.

    Args:
        endpoint: ours, with the client side of the cluster.
        serves: whether a partner's data is for this client.
        has_key: whether we share an agreed link key with a partner.
        persists: asks again by itself after a failure; a gas meter waits until it wakes.
    """

    endpoint: Endpoint
    serves: Callable[[Eui64], bool]
    has_key: Callable[[Eui64], bool]
    persists: bool = True


class TunnelOpener:
    """Brings links to OPEN, or back to CLOSED with the time of the next try.

    Args:
        links: every partner of the client; those that it asks for may wait for each other.
    """

    def __init__(
        self,
        role: ClientRole,
        settings: TunnelSettings,
        addresses: AddressLookup,
        handles: Iterator[int],
        links: Mapping[Eui64, Link],
    ) -> None:
        self._role = role
        self._settings = settings
        self._addresses = addresses
        self._handles = handles
        self._links = links
        self._waiting: deque[Eui64] = deque()

    def open(self, link: Link, now: Instant) -> Effects:
        """Ask for a tunnel, at once or when the request under way has ended."""
        if link.state in OPENING or not self._role.has_key(link.partner):
            return ()
        if any(each.state in OPENING for each in self._links.values()):
            if link.state is not LinkState.WAITING:
                link.state = LinkState.WAITING
                self._waiting.append(link.partner)
            return ()
        address = self._addresses.address_of(link.partner)
        if address is None:
            return self._failed(link, "where the partner is is not known", now)
        link.cleared = link.busy = False
        link.due = None
        if link.endpoint is not None:
            return self._request(link, ZclAddress(address, link.endpoint))
        link.state = LinkState.FINDING
        link.handle = next(self._handles)
        match = MatchDescReq(address, SMART_ENERGY_PROFILE, (TUNNELING.id,), ())
        return (ZdpRequest(link.handle, address, match),)

    def found(self, event: ZdpConfirm, now: Instant) -> Effects:
        """The partner named its endpoints, or did not."""
        finding = (each for each in self._links.values() if each.state is LinkState.FINDING)
        link = next((each for each in finding if each.handle == event.handle), None)
        if link is None:
            return ()
        endpoints = getattr(event.response, "endpoints", ())
        address = self._addresses.address_of(link.partner)
        if not endpoints or address is None:
            return self._failed(link, "partner names no endpoint that serves tunnels", now)
        link.endpoint = Endpoint(endpoints[0])
        return self._request(link, ZclAddress(address, link.endpoint))

    def confirmed(self, link: Link, event: ZclCommandConfirm, now: Instant) -> Effects:
        """The command under way ended."""
        step = self._steps.get(link.state)
        effects: Effects = () if step is None else step(self, link, event, now)
        return effects

    def next(self, now: Instant) -> Effects:
        """Nothing is under way any more: ask the partner that has waited longest."""
        while self._waiting:
            link = self._links.get(self._waiting.popleft())
            if link is not None and link.state is LinkState.WAITING:
                link.state = LinkState.CLOSED
                return self.open(link, now)
        return ()

    def _request(self, link: Link, server: ZclAddress) -> Effects:
        link.state = LinkState.REQUESTING
        link.address = server
        request = RequestTunnel(
            protocol=self._settings.protocol,
            manufacturer=self._settings.manufacturer,
            flow_control=False,
            maximum_incoming=self._settings.maximum_incoming,
        )
        return self._command(link, server, ToServer.REQUEST_TUNNEL, request)

    def _requested(self, link: Link, event: ZclCommandConfirm, now: Instant) -> Effects:
        response = _response(event)
        if isinstance(response, str):
            return self._failed(link, response, now)
        link.failures = 0
        if response.status == TunnelStatus.NO_MORE_TUNNEL_IDS and not link.cleared:
            link.cleared = True
            link.closing = link.ids_to_close(self._settings)
            link.state = LinkState.CLEARING
            return self._clear(link, event, now)
        if response.status != TunnelStatus.SUCCESS:
            return self._refused(link, response.status, now)
        link.state = LinkState.OPEN
        link.tunnel, link.maximum = response.tunnel, response.maximum_incoming
        link.ids.add(response.tunnel)
        self._again(link, self._settings.reopen, now)
        opened = TunnelOpened(link.partner, response.tunnel, server=False)
        return (opened, *self.next(now))

    def _clear(self, link: Link, event: ZclCommandConfirm, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of steps
        """Close the next tunnel that may be active; after the last one, ask again."""
        if link.address is None:
            return ()
        if not link.closing:
            link.ids.clear()
            return self._request(link, link.address)
        close = CloseTunnel(link.closing.pop(0))
        return self._command(link, link.address, ToServer.CLOSE_TUNNEL, close)

    def _refused(self, link: Link, status: TunnelStatus, now: Instant) -> Effects:
        link.state = LinkState.CLOSED
        link.busy = status in LATER
        self._again(link, self._settings.busy_retry if link.busy else self._settings.reopen, now)
        lost = () if link.busy else link.outbox.drop(Undeliverable.NO_TUNNEL)
        return (TunnelRefused(link.partner, status.name), *lost, *self.next(now))

    def _failed(self, link: Link, reason: str, now: Instant) -> Effects:
        link.state = LinkState.CLOSED
        link.endpoint = None
        link.failures += 1
        self._again(link, link.pause(self._settings), now)
        hopeless = link.failures >= self._settings.open_tries
        lost = link.outbox.drop(Undeliverable.NO_TUNNEL) if hopeless else ()
        return (TunnelRefused(link.partner, reason), *lost, *self.next(now))

    def _again(self, link: Link, pause: Duration, now: Instant) -> None:
        link.due = later(now, pause) if self._role.persists else None

    def _command(self, link: Link, server: ZclAddress, which: ToServer, payload: Struct) -> Effects:
        link.handle = next(self._handles)
        return (to_server(link.handle, server, self._role.endpoint, which, payload),)

    _steps: ClassVar[Mapping[LinkState, Any]] = {
        LinkState.REQUESTING: _requested,
        LinkState.CLEARING: _clear,
    }


def _response(event: ZclCommandConfirm) -> RequestTunnelResponse | str:
    """The response that an exchange ended with, or what there is in its place."""
    answered = event.answer
    if event.outcome is not Outcome.ANSWERED or answered is None:
        return f"request {event.outcome.value}"
    try:
        if answered.general:
            return f"request refused: {DefaultResponse.decode(answered.payload).status.name}"
        return RequestTunnelResponse.decode(answered.payload)
    except WireError:
        return "response malformed"
