"""What comes of a frame that the MAC hands up (R22 3.6.2.2, 4.3.1.2).

Unsecured frames are taken only where joining needs them: data from our parent while we hold no
key, data from a child that holds none, rejoin requests and responses, and a leave from the parent
that refuses us (R22 4.3.1.2, 4.6.3.2).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from emulator.kernel.construction import quick
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.zigbee.addresses import NwkAddress, is_broadcast
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.primitives import McpsDataIndication
from emulator.zigbee.nwk.commands import CommandIdentifier, NetworkStatus, decode_command
from emulator.zigbee.nwk.facts import (
    ChildAuthenticated,
    ChildDropped,
    NetworkKeySwitched,
    RouteLearned,
)
from emulator.zigbee.nwk.frames import PROTOCOL_VERSION, FrameType, NwkHeader
from emulator.zigbee.nwk.primitives import NetworkStatusCode, NldeDataIndication
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.broadcasting import Broadcasting
from emulator.zigbee.nwk.traffic.forwarding import Forwarding
from emulator.zigbee.nwk.traffic.parent_link import ParentLink
from emulator.zigbee.nwk.traffic.protection import Opened, unseal
from emulator.zigbee.nwk.traffic.transmission import Transmission


@quick
@dataclass(frozen=True, slots=True)
class Incoming:
    """A frame in the clear, with what is known of its way here.

    Args:
        neighbour: who sent it over the last hop.
        sender: the EUI-64 of that neighbour, where security proved it.
    """

    header: NwkHeader
    payload: bytes
    neighbour: NwkAddress
    sender: Eui64 | None
    lqi: int
    rssi: int
    interface: int = 0

    @property
    def secured(self) -> bool:
        """Whether the network key opened it."""
        return self.sender is not None


CommandHandler = Callable[..., Effects]
"""Takes the incoming frame, its command and the instant."""

_NEVER_RELAYED: Final = (CommandIdentifier.ROUTE_REQUEST, CommandIdentifier.LINK_STATUS)
"""Broadcast commands that are no broadcast transactions (R22 3.6.5)."""


class Reception:
    """The way of an incoming frame: header, security, then up, onward or to a command handler."""

    def __init__(
        self,
        state: NwkState,
        parent_link: ParentLink,
        transmission: Transmission,
        broadcasting: Broadcasting,
        forwarding: Forwarding,
    ) -> None:
        self._state = state
        self._parent_link = parent_link
        self._transmission = transmission
        self._broadcasting = broadcasting
        self._forwarding = forwarding
        self._handlers: Mapping[int, CommandHandler] = {}

    def connect(self, handlers: Mapping[int, CommandHandler]) -> None:
        """Give commands to these handlers, by command identifier."""
        self._handlers = handlers

    def receive(self, frame: McpsDataIndication, now: Instant) -> Effects:
        """Effects of a MAC data frame."""
        state = self._state
        if frame.pan_id != state.nib.pan_id:
            return []
        try:
            header, at = NwkHeader.take(frame.msdu)
        except WireError as fault:
            return [MalformedFrame("nwk", str(fault), frame.msdu)]
        refused = _refusal(header)
        if refused is not None or self._overheard(header):
            return [] if refused is None else [FrameDropped("nwk", refused, header.source)]
        if not header.security:
            incoming = Incoming(
                header,
                frame.msdu[at:],
                frame.source,
                None,
                frame.lqi,
                frame.rssi,
                frame.interface,
            )
            return self._unsecured(incoming, now)
        opened = unseal(state, frame.msdu, at, frame.source)
        if not isinstance(opened, Opened):
            return [opened]
        incoming = Incoming(
            header,
            opened.payload,
            frame.source,
            opened.sender,
            frame.lqi,
            frame.rssi,
            frame.interface,
        )
        effects = self._secured(incoming, now)
        if opened.switched_to is not None:
            effects = [NetworkKeySwitched(opened.switched_to, "a neighbour uses it"), *effects]
        return effects

    def _overheard(self, header: NwkHeader) -> bool:
        """Whether a sleeping device happens to hear a broadcast that is for routers.

        Its parent sent that past frames that it keeps for the device, which have lower counters and
        would not be fresh any more (R22 4.3.1.2).
        """
        nib = self._state.nib
        sleepy = nib.is_end_device and not nib.rx_on_when_idle
        broadcast = is_broadcast(header.destination)
        return sleepy and broadcast and not self._broadcasting.is_for_us(header.destination)

    def _unsecured(self, incoming: Incoming, now: Instant) -> Effects:
        header, state = incoming.header, self._state
        if header.destination != state.nib.nwk_address or header.source != incoming.neighbour:
            return [_drop("unsecured and not between neighbours (R22 4.3.1.2)", header)]
        row = state.neighbours.get(incoming.neighbour)
        if header.frame_type is FrameType.COMMAND:
            if self._unsecured_command_allowed(incoming, row):
                return self._command(incoming, now)
            return [_drop("unsecured command (R22 4.3.1.2)", header)]
        if row is None or not self._shares_no_key(row):
            return [_drop("unsecured data (R22 4.3.1.2)", header)]
        self._touch(row, incoming, now)
        return [self._indication(incoming)]

    def _unsecured_command_allowed(self, incoming: Incoming, row: Neighbour | None) -> bool:
        identifier = incoming.payload[:1]
        if identifier == bytes((CommandIdentifier.REJOIN_REQUEST,)):
            return True
        if row is None or row.relation is not Relation.PARENT:
            return False
        if identifier == bytes((CommandIdentifier.REJOIN_RESPONSE,)):
            return True
        return identifier == bytes((CommandIdentifier.LEAVE,)) and self._shares_no_key(row)

    def _shares_no_key(self, row: Neighbour) -> bool:
        """Whether one of us holds no network key yet, and the other is its parent."""
        if row.relation is Relation.PARENT:
            return not self._state.nib.authenticated
        return row.relation is Relation.UNAUTHENTICATED_CHILD

    def _secured(self, incoming: Incoming, now: Instant) -> Effects:
        state, header = self._state, incoming.header
        effects: Effects = []
        row = state.neighbours.get(incoming.neighbour)
        if incoming.sender is not None:
            state.learn_address(incoming.sender, incoming.neighbour)
        if row is not None:
            self._touch(row, incoming, now)
            effects += self._authenticate(row)
        if is_broadcast(header.destination):
            return effects + self._broadcast(incoming, now)
        effects += self._learn(incoming)
        if header.destination == state.nib.nwk_address:
            return effects + self._deliver(incoming, now)
        return effects + self._forwarding.forward(header, incoming.payload, now)

    def _touch(self, row: Neighbour, incoming: Incoming, now: Instant) -> None:
        row.lqi = incoming.lqi
        row.rssi = incoming.rssi
        row.interface = incoming.interface
        if row.relation is Relation.PARENT:
            self._parent_link.stir(now)

    def _authenticate(self, row: Neighbour) -> Effects:
        """A child that sends under the network key holds it (R22 4.6.3.2.1)."""
        if row.relation is not Relation.UNAUTHENTICATED_CHILD or row.eui64 is None:
            return []
        row.relation = Relation.CHILD
        self._state.timers.cancel(Duty.UNAUTHENTICATED_CHILD, row.address)
        return [ChildAuthenticated(row.eui64, row.address)]

    def _learn(self, incoming: Incoming) -> Effects:
        """Where a frame came from tells the way back (stands in for route discovery)."""
        state, header = self._state, incoming.header
        if header.source_eui64 is not None:
            state.learn_address(header.source_eui64, header.source)
        source, hop = header.source, incoming.neighbour
        if source in (hop, state.nib.nwk_address) or state.nib.is_end_device:
            return []
        row = state.neighbours.get(source)
        if row is not None and row.routes and state.in_reach(row):
            return []
        effects = [] if row is None or row.routes else self._moved(row)
        if state.routes.learn(source, hop):
            effects.append(RouteLearned(source, hop))
        return effects

    def _moved(self, child: Neighbour) -> Effects:
        """An end device child is heard through another router, so that is its parent now."""
        state, address = self._state, child.address
        state.neighbours.remove(address)
        state.timers.cancel(Duty.CHILD_TIMEOUT, address)
        state.timers.cancel(Duty.UNAUTHENTICATED_CHILD, address)
        if child.eui64 is None:
            return []
        return [ChildDropped(child.eui64, address, "heard through another router")]

    def _broadcast(self, incoming: Incoming, now: Instant) -> Effects:
        header = incoming.header
        is_command = header.frame_type is FrameType.COMMAND
        if is_command and incoming.payload[:1] in map(_octet, _NEVER_RELAYED):
            return self._command(incoming, now)
        if self._broadcasting.is_duplicate(header, incoming.neighbour, now):
            return []
        effects = self._learn(incoming)
        if header.source == self._state.nib.nwk_address:
            return [*effects, _drop("somebody else has our address (R22 3.6.1.9)", header)]
        effects += self._broadcasting.relay(header, incoming.payload, now)
        if self._broadcasting.is_for_us(header.destination):
            effects += self._deliver(incoming, now)
        return effects

    def _deliver(self, incoming: Incoming, now: Instant) -> Effects:
        if incoming.header.frame_type is FrameType.COMMAND:
            return self._command(incoming, now)
        return [self._indication(incoming)]

    def _indication(self, incoming: Incoming) -> NldeDataIndication:
        header = incoming.header
        known = header.source_eui64 or self._state.eui64_of(header.source)
        return NldeDataIndication(
            header.source,
            known,
            header.destination,
            incoming.payload,
            incoming.secured,
            incoming.lqi,
            incoming.rssi,
        )

    def _command(self, incoming: Incoming, now: Instant) -> Effects:
        try:
            command = decode_command(incoming.payload)
        except WireError as fault:
            return [MalformedFrame("nwk", str(fault), incoming.payload)]
        handler = self._handlers.get(command.identifier)
        if handler is not None:
            return handler(incoming, command, now)
        header = incoming.header
        dropped = _drop(f"command {command.identifier:#04x} is not acted on", header)
        if CommandIdentifier(command.identifier).known or is_broadcast(header.destination):
            return [dropped]
        status = NetworkStatus(NetworkStatusCode.UNKNOWN_COMMAND, header.source)
        radius = self._state.settings.default_radius
        answer = self._transmission.command(status, header.source, now, radius=radius)
        return [dropped, *answer]


def _octet(identifier: CommandIdentifier) -> bytes:
    return bytes((identifier,))


def _drop(reason: str, header: NwkHeader) -> FrameDropped:
    return FrameDropped("nwk", reason, header.source)


def _refusal(header: NwkHeader) -> str | None:
    """Why a header is none that we act on, if so."""
    if header.protocol_version != PROTOCOL_VERSION:
        return f"protocol version {header.protocol_version}, not {PROTOCOL_VERSION} (R22 3.5.1)"
    if header.frame_type not in (FrameType.DATA, FrameType.COMMAND):
        return f"frame type {header.frame_type.name} (R22 3.3.1.1.1)"
    if header.multicast:
        return "multicast, and we are in no group (R22 3.6.6)"
    if is_broadcast(header.source):
        return "its source is a broadcast address (R22 3.3.1.3)"
    return None
