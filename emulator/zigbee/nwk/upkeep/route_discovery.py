"""Finding a way: route requests spread over the routers, replies come back the cheapest way.

R22 3.6.3.5: discovery by whoever has a frame and no route for it, 3.4.1 and 3.4.2 the commands. An
end device is found by the reply of its parent. A concentrator makes itself known in the same way,
by a request that nobody answers (many-to-one, 3.6.3.5.1).
"""

from dataclasses import dataclass, replace
from typing import Final

from emulator.kernel.units import Duration, Instant, later
from emulator.zigbee.addresses import BROADCAST_ROUTERS, NwkAddress
from emulator.zigbee.nwk.commands import RouteReply, RouteRequest, encode_command
from emulator.zigbee.nwk.facts import RouteDiscovered, RouteLearned, RouteNotFound, RouteSought
from emulator.zigbee.nwk.frames import FrameType, NwkHeader
from emulator.zigbee.nwk.primitives import DeviceType, NwkStatus
from emulator.zigbee.nwk.state import Effects, NwkState, link_cost
from emulator.zigbee.nwk.tables.concentrator import Concentrators
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Done, Transmission

MOST_WAITING: Final = 16
"""Frames that wait for routes at once; the maker's choice."""
NO_COST: Final = 0xFF
"""The cost of a way not found yet (R22 Table 3-68)."""
_MANY_TO_ONE: Final = (1, 2)

Search = tuple[NwkAddress, int]
"""A discovery by originator and route request identifier."""


@dataclass(slots=True)
class Discovery:
    """A row of the route discovery table (R22 Table 3-68).

    Args:
        destination: who is sought.
        sender: from whom the cheapest request came.
        forward_cost: what the way from the originator costs.
        residual_cost: what the way on to the destination costs.
    """

    destination: NwkAddress
    sender: NwkAddress
    forward_cost: int
    residual_cost: int = NO_COST


@dataclass(slots=True)
class Request:
    """A route request that is sent or relayed, and how often it still is."""

    header: NwkHeader
    command: RouteRequest
    left: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A frame without a route."""

    header: NwkHeader
    payload: bytes
    done: Done


class RouteDiscovery:
    """Seeks routes, and helps others to find theirs.

    Args:
        concentrators: who made itself known as one.
    """

    def __init__(
        self, state: NwkState, transmission: Transmission, concentrators: Concentrators
    ) -> None:
        self._nwk = state
        self._transmission = transmission
        self._concentrators = concentrators
        self._table: dict[Search, Discovery] = {}
        self._requests: dict[Search, Request] = {}
        self._waiting: dict[NwkAddress, list[Waiting]] = {}
        self._identifier = 0

    def clear(self) -> None:
        """Seek nothing any more."""
        self._table.clear()
        self._requests.clear()
        self._waiting.clear()

    def seek(self, header: NwkHeader, payload: bytes, done: Done, now: Instant) -> Effects:
        """Keep a frame until there is a route for it, and look for one."""
        destination = header.destination
        if sum(map(len, self._waiting.values())) >= MOST_WAITING:
            return done(NwkStatus.ROUTE_ERROR, now)
        queue = self._waiting.get(destination)
        if queue is not None:
            queue.append(Waiting(header, payload, done))
            return []
        self._waiting[destination] = [Waiting(header, payload, done)]
        return [RouteSought(destination), *self._ask(destination, 0, now)]

    def advertise(self, now: Instant) -> Effects:
        """Make ourselves known as a concentrator, and again after a while (R22 3.6.3.5.1)."""
        period = self._nwk.settings.concentrator_period
        nib = self._nwk.nib
        if not (nib.is_coordinator and period):
            return []
        self._nwk.timers.set(Duty.CONCENTRATOR, later(now, period))
        if not nib.authenticated:
            return []
        return self._ask(BROADCAST_ROUTERS, 1, now)

    def _ask(self, destination: NwkAddress, many_to_one: int, now: Instant) -> Effects:
        nwk = self._nwk
        self._identifier = (self._identifier + 1) & 0xFF
        search = (nwk.nib.nwk_address, self._identifier)
        self._table[search] = Discovery(destination, nwk.nib.nwk_address, 0)
        nwk.timers.set(
            Duty.ROUTE_DISCOVERY, later(now, nwk.settings.route_discovery_time), _subject(search)
        )
        radius = nwk.settings.concentrator_radius if many_to_one else nwk.settings.default_radius
        header = self._transmission.header(
            FrameType.COMMAND, BROADCAST_ROUTERS, radius=radius, security=True, source_eui64=True
        )
        sought = None if many_to_one else nwk.eui64_of(destination)
        command = RouteRequest(
            reserved=0,
            many_to_one=many_to_one,
            has_destination_eui64=sought is not None,
            multicast=False,
            reserved_high=False,
            route_request_id=self._identifier,
            destination=destination,
            path_cost=0,
            destination_eui64=sought,
        )
        retries = 0 if many_to_one else nwk.settings.initial_route_request_retries
        self._requests[search] = Request(header, command, retries)
        return self.send(_subject(search), now)

    def send(self, subject: int, now: Instant) -> Effects:
        """Send a route request whose time has come, and plan the next try."""
        request = self._requests.get(_search(subject))
        if request is None:
            return []
        settings = self._nwk.settings
        if request.left:
            request.left -= 1
            wait = Duration(settings.route_request_interval + self._jitter())
            self._nwk.timers.set(Duty.ROUTE_REQUEST, later(now, wait), subject)
        else:
            del self._requests[_search(subject)]
        return self._transmission.air(request.header, encode_command(request.command), now)

    def asked(self, incoming: Incoming, command: RouteRequest, now: Instant) -> Effects:
        """A route request came (R22 3.6.3.5.2)."""
        nwk, source = self._nwk, incoming.header.source
        if not nwk.nib.routing or source == nwk.nib.nwk_address:
            return []
        cost = self._cost(incoming)
        if cost is None:
            return []
        total = min(command.path_cost + cost, NO_COST - 1)
        search = (source, command.route_request_id)
        known = self._table.get(search)
        if known is not None and total >= known.forward_cost:
            return []
        self._table[search] = Discovery(command.destination, incoming.neighbour, total)
        expiry = later(now, nwk.settings.route_discovery_time)
        nwk.timers.set(Duty.ROUTE_DISCOVERY, expiry, _subject(search))
        effects = self._way_back(source, incoming.neighbour)
        if command.many_to_one in _MANY_TO_ONE:
            self._concentrators.heard(source)
        elif self._answers_for(command.destination):
            return [*effects, *self._reply(search, command, incoming.neighbour, now)]
        self._relay(search, incoming.header, command, total, now)
        return effects

    def answered(self, incoming: Incoming, reply: RouteReply, now: Instant) -> Effects:
        """A route reply came (R22 3.6.3.5.3)."""
        nwk = self._nwk
        search = (reply.originator, reply.route_request_id)
        row, cost = self._table.get(search), self._cost(incoming)
        if row is None or cost is None or not nwk.nib.routing:
            return []
        total = min(reply.path_cost + cost, NO_COST - 1)
        if total >= row.residual_cost:
            return []
        row.residual_cost = total
        hop, responder = incoming.neighbour, reply.responder
        nwk.routes.learn(responder, hop)
        neighbour = nwk.neighbours.get(hop)
        if neighbour is not None:
            neighbour.broken = False
        if reply.responder_eui64 is not None:
            nwk.learn_address(reply.responder_eui64, responder)
        found = RouteDiscovered(responder, hop, total)
        if reply.originator != nwk.nib.nwk_address:
            onward = replace(reply, path_cost=total)
            return [found, *self._transmission.command(onward, row.sender, now)]
        self._requests.pop(search, None)
        nwk.timers.cancel(Duty.ROUTE_REQUEST, _subject(search))
        return [found, *self._release(responder, now)]

    def expire(self, subject: int, now: Instant) -> Effects:
        """A discovery's time is over; what still waits for it has no way."""
        row = self._table.pop(_search(subject), None)
        if row is None or _search(subject)[0] != self._nwk.nib.nwk_address:
            return []
        waiting = self._waiting.pop(row.destination, [])
        neighbour = self._nwk.neighbours.get(row.destination)
        if not waiting:
            return []
        if neighbour is not None:
            # Nobody knows a way around: the neighbour itself is tried once more.
            neighbour.broken = False
            hop = row.destination
            return [
                effect
                for each in waiting
                for effect in self._transmission.hand_over(
                    each.header, each.payload, hop, now, done=each.done
                )
            ]
        failed = [effect for each in waiting for effect in each.done(NwkStatus.ROUTE_ERROR, now)]
        return [RouteNotFound(row.destination), *failed]

    def _release(self, destination: NwkAddress, now: Instant) -> Effects:
        return [
            effect
            for each in self._waiting.pop(destination, [])
            for effect in self._transmission.unicast(each.header, each.payload, now, done=each.done)
        ]

    def _cost(self, incoming: Incoming) -> int | None:
        """What the last hop costs, the worse of both directions (R22 3.6.3.1)."""
        row = self._nwk.neighbours.get(incoming.neighbour)
        if row is None or not row.outgoing_cost:
            return None
        return max(link_cost(incoming.lqi, self._nwk.settings.link_cost_steps), row.outgoing_cost)

    def _way_back(self, source: NwkAddress, hop: NwkAddress) -> Effects:
        nwk = self._nwk
        row = nwk.neighbours.get(source)
        if source == hop or (row is not None and nwk.in_reach(row)):
            return []
        return [RouteLearned(source, hop)] if nwk.routes.learn(source, hop) else []

    def _answers_for(self, destination: NwkAddress) -> bool:
        if destination == self._nwk.nib.nwk_address:
            return True
        row = self._nwk.neighbours.get(destination)
        return row is not None and row.is_child and row.device_type is DeviceType.END_DEVICE

    def _reply(
        self, search: Search, command: RouteRequest, hop: NwkAddress, now: Instant
    ) -> Effects:
        nwk = self._nwk
        originator, responder = search[0], command.destination
        ours = responder == nwk.nib.nwk_address
        originator_eui64 = nwk.eui64_of(originator)
        responder_eui64 = nwk.nib.eui64 if ours else nwk.eui64_of(responder)
        reply = RouteReply(
            reserved=0,
            has_originator_eui64=originator_eui64 is not None,
            has_responder_eui64=responder_eui64 is not None,
            multicast=False,
            reserved_high=False,
            route_request_id=search[1],
            originator=originator,
            responder=responder,
            path_cost=0,
            originator_eui64=originator_eui64,
            responder_eui64=responder_eui64,
        )
        radius = nwk.settings.default_radius
        return self._transmission.command(reply, hop, now, radius=radius)

    def _relay(
        self, search: Search, header: NwkHeader, command: RouteRequest, cost: int, now: Instant
    ) -> None:
        """Pass a request on after a jitter; a cheaper one replaces what still waits."""
        if header.radius <= 1:
            return
        onward = replace(header, radius=header.radius - 1)
        many = command.many_to_one in _MANY_TO_ONE
        retries = 0 if many else self._nwk.settings.route_request_retries
        self._requests[search] = Request(onward, replace(command, path_cost=cost), retries)
        when = later(now, Duration(2 * self._jitter()))
        self._nwk.timers.set(Duty.ROUTE_REQUEST, when, _subject(search))

    def _jitter(self) -> Duration:
        settings = self._nwk.settings
        return self._nwk.stream.duration(
            settings.route_request_min_jitter, settings.route_request_max_jitter
        )


def _subject(search: Search) -> int:
    return search[0] << 8 | search[1]


def _search(subject: int) -> Search:
    return NwkAddress(subject >> 8), subject & 0xFF
