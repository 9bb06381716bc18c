"""Handing frames to the next hop: secured anew for each try, repeated, or kept for a sleeper.

R22 3.6.2.1 transmission, 3.6.3.3 unicast routing, nwkcUnicastRetries.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from emulator.kernel.units import Instant, later
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    BROADCAST_ROUTERS,
    NwkAddress,
    is_broadcast,
)
from emulator.zigbee.mac.primitives import (
    MacStatus,
    McpsDataConfirm,
    McpsDataRequest,
    McpsPurgeRequest,
)
from emulator.zigbee.nwk.commands import KnownCommand, RouteRecord, encode_command
from emulator.zigbee.nwk.facts import DeliveryFailed, LinkBroken
from emulator.zigbee.nwk.frames import PROTOCOL_VERSION, DiscoverRoute, FrameType, NwkHeader
from emulator.zigbee.nwk.primitives import NlmeTransmitFailures, NwkStatus
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.tables.concentrator import Concentrators
from emulator.zigbee.nwk.tables.transmit_counters import TransmitCounters
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.parent_link import ParentLink
from emulator.zigbee.nwk.traffic.protection import seal

Done = Callable[[NwkStatus, Instant], Effects]
"""What follows once the next hop has the frame, or will not get it."""

ROUTERS: Final = 0
"""The interface on which routers are."""
Seek = Callable[[NwkHeader, bytes, Done, Instant], Effects]
"""Keeps a frame until there is a route for it."""

_WORTH_RETRYING: Final = (MacStatus.NO_ACK, MacStatus.CHANNEL_ACCESS_FAILURE)


def nothing(_status: NwkStatus, _now: Instant) -> Effects:
    """Nothing follows."""
    return []


@dataclass(slots=True)
class Outgoing:
    """A frame on its way to the next hop.

    Args:
        header: as the next hop shall see it.
        payload: what follows the header, in the clear.
        next_hop: MAC destination; the MAC's broadcast address for a broadcast.
        tries_left: how often it may be repeated.
        interface: where a broadcast goes out; None on every interface.
    """

    header: NwkHeader
    payload: bytes
    next_hop: NwkAddress
    done: Done = nothing
    tries_left: int = 0
    indirect: bool = False
    interface: int | None = None


class Transmission:
    """Frames handed to the MAC and not yet confirmed, and those that wait to be repeated."""

    def __init__(
        self, state: NwkState, parent_link: ParentLink, concentrators: Concentrators
    ) -> None:
        self._state = state
        self._parent_link = parent_link
        self._concentrators = concentrators
        self._seek: Seek | None = None
        self.counters = TransmitCounters(2 if state.nib.is_coordinator else 1)
        self._pending: dict[int, Outgoing] = {}
        self._waiting: dict[int, Outgoing] = {}

    def discover_by(self, seek: Seek) -> None:
        """Look for routes by this from now on."""
        self._seek = seek

    def clear(self) -> None:
        """Forget everything on its way."""
        self._pending.clear()
        self._waiting.clear()

    def header(
        self,
        frame_type: FrameType,
        destination: NwkAddress,
        *,
        radius: int,
        security: bool,
        source_eui64: bool = False,
    ) -> NwkHeader:
        """A header of ours with a new sequence number (R22 3.6.2.1).

        Commands carry the EUI-64 of the destination where it is known (R22 3.4).
        """
        nib = self._state.nib
        is_data = frame_type is FrameType.DATA
        discover = is_data and not is_broadcast(destination)
        destination_eui64 = None if is_data else self._state.eui64_of(destination)
        return NwkHeader(
            frame_type,
            PROTOCOL_VERSION,
            DiscoverRoute.ENABLE if discover else DiscoverRoute.SUPPRESS,
            False,
            security,
            False,
            destination_eui64 is not None,
            source_eui64,
            nib.is_end_device,
            0,
            destination,
            nib.nwk_address,
            radius,
            nib.next_sequence(),
            destination_eui64,
            nib.eui64 if source_eui64 else None,
        )

    def unicast(
        self, header: NwkHeader, payload: bytes, now: Instant, *, done: Done = nothing
    ) -> Effects:
        """Send to the next hop on the way to the header's destination, with retries.

        A router that knows no way looks for one, where the header lets it (R22 3.6.3.3).
        """
        if self._concentrators.way(header.destination) and header.source_route is None:
            found = self._concentrators.along(header)
            if found is not None:
                return self.hand_over(found[0], payload, found[1], now, done=done)
        discovers = self._seek is not None and header.discover_route is DiscoverRoute.ENABLE
        routes = discovers and self._state.nib.routing
        hop = self._state.next_hop(header.destination, last_resort=not routes)
        if hop is None:
            if routes and self._seek is not None:
                return self._seek(header, payload, done, now)
            return done(NwkStatus.ROUTE_ERROR, now)
        record = self._record(header, hop, now)
        return [*record, *self.hand_over(header, payload, hop, now, done=done)]

    def _record(self, header: NwkHeader, hop: NwkAddress, now: Instant) -> Effects:
        """A route record before a frame for a concentrator that wants one (R22 3.6.3.5.4)."""
        nib, destination = self._state.nib, header.destination
        if nib.is_end_device or not self._concentrators.wants_record(destination):
            return []
        relays = () if header.source == nib.nwk_address else (nib.nwk_address,)
        told = replace(
            self.header(
                FrameType.COMMAND,
                destination,
                radius=self._state.settings.default_radius,
                security=True,
            ),
            source=header.source,
            end_device_initiator=False,
        )
        return self.hand_over(told, encode_command(RouteRecord(relays)), hop, now)

    def hand_over(
        self,
        header: NwkHeader,
        payload: bytes,
        hop: NwkAddress,
        now: Instant,
        *,
        done: Done = nothing,
    ) -> Effects:
        """Send to a given neighbour; a sleeping child gets it when it polls."""
        row = self._state.neighbours.get(hop)
        indirect = row is not None and row.is_child and row.sleeps
        tries = 0 if indirect else self._state.settings.unicast_retries
        return self._send(Outgoing(header, payload, hop, done, tries, indirect), now)

    def indirect(
        self, header: NwkHeader, payload: bytes, hop: NwkAddress, now: Instant, *, done: Done
    ) -> Effects:
        """Keep a frame for a device that is known to poll, child or not."""
        return self._send(Outgoing(header, payload, hop, done, indirect=True), now)

    def air(
        self,
        header: NwkHeader,
        payload: bytes,
        now: Instant,
        *,
        done: Done = nothing,
        interface: int | None = None,
    ) -> Effects:
        """One MAC broadcast, without retries.

        One for routers goes out where routers may be, which is not below 1 GHz (R22 D.1).
        """
        if header.destination == BROADCAST_ROUTERS:
            interface = ROUTERS
        return self._send(Outgoing(header, payload, BROADCAST_ALL, done, interface=interface), now)

    def command(
        self,
        command: KnownCommand,
        destination: NwkAddress,
        now: Instant,
        *,
        done: Done = nothing,
        radius: int = 1,
    ) -> Effects:
        """Send a secured command to a device, with both EUI-64s where known (R22 3.4)."""
        header = self.header(
            FrameType.COMMAND,
            destination,
            radius=radius,
            security=True,
            source_eui64=True,
        )
        return self.unicast(header, encode_command(command), now, done=done)

    def purge(self, hop: NwkAddress, now: Instant) -> Effects:
        """Give up what is kept for a device that starts anew."""
        effects: Effects = []
        for handle, outgoing in tuple(self._pending.items()):
            if outgoing.indirect and outgoing.next_hop == hop:
                del self._pending[handle]
                effects.append(McpsPurgeRequest(handle))
                effects += outgoing.done(NwkStatus.MAC_TRANSACTION_EXPIRED, now)
        return effects

    def _send(self, outgoing: Outgoing, now: Instant) -> Effects:
        header = outgoing.header
        if header.security:
            sealed = seal(self._state, header, outgoing.payload)
            if sealed is None:
                return outgoing.done(NwkStatus.NO_KEY, now)
        else:
            sealed = header.encode() + outgoing.payload
        handle = next(self._state.handles)
        self._pending[handle] = outgoing
        acknowledged = outgoing.next_hop != BROADCAST_ALL
        self._parent_link.stir(now)
        return [
            McpsDataRequest(
                handle,
                outgoing.next_hop,
                sealed,
                acknowledged,
                outgoing.indirect,
                outgoing.interface,
            )
        ]

    def confirm(self, confirm: McpsDataConfirm, now: Instant) -> Effects:
        """The MAC is through with a frame: go on, repeat it, or give up."""
        outgoing = self._pending.pop(confirm.handle, None)
        if outgoing is None:
            return []
        counted = outgoing.next_hop != BROADCAST_ALL and not outgoing.indirect
        failed = confirm.status is not MacStatus.SUCCESS
        if counted and self.counters.count(outgoing.next_hop, failed=failed):
            counters = self.counters
            told = NlmeTransmitFailures(counters.total, counters.failures)
            counters.reset()
            return [told, *self._confirmed(confirm, outgoing, now)]
        return self._confirmed(confirm, outgoing, now)

    def _confirmed(self, confirm: McpsDataConfirm, outgoing: Outgoing, now: Instant) -> Effects:
        if confirm.status is MacStatus.SUCCESS:
            self._parent_link.reached(outgoing.next_hop)
            return outgoing.done(NwkStatus.SUCCESS, now)
        if outgoing.tries_left and confirm.status in _WORTH_RETRYING:
            outgoing.tries_left -= 1
            self._waiting[confirm.handle] = outgoing
            when = later(now, self._state.settings.unicast_retry_delay)
            self._state.timers.set(Duty.RETRY, when, confirm.handle)
            return []
        return self._give_up(outgoing, confirm.status, now)

    def retry(self, handle: int, now: Instant) -> Effects:
        """Repeat a frame whose delay is over."""
        outgoing = self._waiting.pop(handle, None)
        return [] if outgoing is None else self._send(outgoing, now)

    def _break(self, hop: NwkAddress, status: MacStatus) -> Effects:
        """A router took nothing for all our tries: it counts as out of reach (R22 3.6.3.7.1)."""
        row = self._state.neighbours.get(hop)
        silent = status is MacStatus.NO_ACK and not self._state.nib.is_end_device
        if row is None or not row.routes or row.broken or not silent:
            return []
        row.broken = True
        return [LinkBroken(hop)]

    def _give_up(self, outgoing: Outgoing, status: MacStatus, now: Instant) -> Effects:
        hop = outgoing.next_hop
        failed = DeliveryFailed(outgoing.header.destination, hop, status.name)
        if hop == BROADCAST_ALL or outgoing.indirect:
            return [failed, *outgoing.done(NwkStatus(status), now)]
        self._state.routes.forget_through(hop)
        return [
            failed,
            *self._break(hop, status),
            *self._parent_link.missed(hop),
            *outgoing.done(NwkStatus(status), now),
        ]
