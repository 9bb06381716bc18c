"""Passing on what is for others, and telling the sender where that fails (R22 3.6.3.3, 3.6.3.7)."""

from dataclasses import replace

from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.nwk.commands import (
    CommandIdentifier,
    NetworkStatus,
    RouteRecord,
    encode_command,
)
from emulator.zigbee.nwk.facts import NetworkStatusReceived
from emulator.zigbee.nwk.frames import FrameType, NwkHeader, SourceRoute
from emulator.zigbee.nwk.primitives import NetworkStatusCode, NlmeNwkStatusIndication, NwkStatus
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.tables.concentrator import Concentrators
from emulator.zigbee.nwk.traffic.transmission import Transmission


class Forwarding:
    """The router's part of unicast frames."""

    def __init__(
        self, state: NwkState, transmission: Transmission, concentrators: Concentrators
    ) -> None:
        self._state = state
        self._transmission = transmission
        self._concentrators = concentrators

    def forward(self, header: NwkHeader, payload: bytes, now: Instant) -> Effects:
        """Pass on a secured unicast that is not for us."""
        state = self._state
        if not state.nib.routing:
            return [FrameDropped("nwk", "not for us, and we do not route", header.source)]
        if header.radius <= 1:
            return [FrameDropped("nwk", "radius used up (R22 3.6.2.2)", header.source)]
        passed_on = replace(header, radius=header.radius - 1)
        payload = self._recorded(header, payload)

        def done(status: NwkStatus, at: Instant) -> Effects:
            return [] if status is NwkStatus.SUCCESS else self._report(header, status, at)

        if header.source_route is None:
            return self._transmission.unicast(passed_on, payload, now, done=done)
        passed_on, hop = _along(passed_on, header.source_route)
        return self._transmission.hand_over(passed_on, payload, hop, now, done=done)

    def _recorded(self, header: NwkHeader, payload: bytes) -> bytes:
        """A route record gets our address as it passes (R22 3.6.3.5.4); all else stays."""
        is_command = header.frame_type is FrameType.COMMAND
        if not is_command or payload[:1] != bytes((CommandIdentifier.ROUTE_RECORD,)):
            return payload
        try:
            record = RouteRecord.take(payload, 1)[0]
        except WireError:
            return payload
        relays = (*record.relays, self._state.nib.nwk_address)
        return encode_command(RouteRecord(relays))

    def _report(self, header: NwkHeader, status: NwkStatus, now: Instant) -> Effects:
        """Tell the originator of a frame that it went no further (R22 3.6.3.7.1)."""
        if header.source == self._state.nib.nwk_address:
            return []
        code = NetworkStatusCode.NON_TREE_LINK_FAILURE
        if header.source_route is not None:
            code = NetworkStatusCode.SOURCE_ROUTE_FAILURE
        elif status is NwkStatus.ROUTE_ERROR:
            code = NetworkStatusCode.NO_ROUTE_AVAILABLE
        elif status is NwkStatus.MAC_TRANSACTION_EXPIRED:
            code = NetworkStatusCode.INDIRECT_TRANSACTION_EXPIRY
        command = NetworkStatus(code, header.destination)
        radius = self._state.settings.default_radius
        return self._transmission.command(command, header.source, now, radius=radius)

    def status(self, reporter: NwkAddress, command: NetworkStatus) -> Effects:
        """Another device reports that it could not pass something on (R22 3.4.3)."""
        if command.status in _BROKEN_ROUTE and self._state.neighbours.get(command.address) is None:
            self._state.routes.forget(command.address)
        if command.status is NetworkStatusCode.SOURCE_ROUTE_FAILURE:
            self._concentrators.forget(command.address)
        if command.status is NetworkStatusCode.MANY_TO_ONE_ROUTE_FAILURE:
            self._concentrators.lost_way(command.address)
        return [
            NetworkStatusReceived(reporter, command.status, command.address),
            NlmeNwkStatusIndication(command.status, command.address),
        ]


_BROKEN_ROUTE = (
    NetworkStatusCode.NO_ROUTE_AVAILABLE,
    NetworkStatusCode.TREE_LINK_FAILURE,
    NetworkStatusCode.NON_TREE_LINK_FAILURE,
    NetworkStatusCode.SOURCE_ROUTE_FAILURE,
)


def _along(header: NwkHeader, route: SourceRoute) -> tuple[NwkHeader, NwkAddress]:
    """The header for the next relay, and who that is (R22 3.6.3.3.2)."""
    index = min(route.relay_index, route.relay_count)
    if index == 0:
        return header, header.destination
    onward = replace(route, relay_index=index - 1)
    return replace(header, source_route=onward), NwkAddress(route.relays[index - 1])
