"""Leaving a network, and making a child leave (R22 3.6.1.10)."""

from typing import Final

from emulator.kernel.units import Instant
from emulator.zigbee.addresses import BROADCAST_RX_ON, NO_PAN, NwkAddress, is_broadcast
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import MlmeResetRequest, MlmeSetRequest
from emulator.zigbee.nwk.commands import Leave, encode_command
from emulator.zigbee.nwk.facts import ChildDropped, LeftNetwork
from emulator.zigbee.nwk.frames import FrameType
from emulator.zigbee.nwk.primitives import (
    NlmeLeaveConfirm,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.nwk.tables.nib import UNJOINED
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Done, Transmission, nothing

SILENT: Final = MlmeSetRequest(
    pan_id=NO_PAN,
    short_address=UNJOINED,
    association_permit=False,
    answers_beacon_requests=False,
    coordinator=False,
)
"""The MAC's side of being on no network."""


class Leaving:
    """Sends and obeys leave commands."""

    def __init__(self, state: NwkState, transmission: Transmission) -> None:
        self._nwk = state
        self._transmission = transmission
        self._dismissed: set[NwkAddress] = set()

    def clear(self) -> None:
        """Forget whom we are telling to rejoin."""
        self._dismissed.clear()

    def request(self, request: NlmeLeaveRequest, now: Instant) -> Effects:
        """Leave, or make a child leave (R22 3.2.2.16)."""
        nib = self._nwk.nib
        if not nib.joined:
            return [NlmeLeaveConfirm(NwkStatus.INVALID_REQUEST, request.device)]
        if request.device is None or request.device == nib.eui64:
            return self._leave(request, now)
        child = self._nwk.neighbours.find(request.device)
        if child is None or not child.is_child:
            return [NlmeLeaveConfirm(NwkStatus.UNKNOWN_DEVICE, request.device)]
        return self._dismiss(child, request, now)

    def _leave(self, request: NlmeLeaveRequest, now: Instant) -> Effects:
        """Announce that we go, then go."""
        effects: Effects = []
        if request.remove_children:
            order = Leave(request=True, remove_children=True, rejoin=request.rejoin)
            for child in self._nwk.neighbours.children:
                effects += self._order(child, order, now, nothing)
        announcement = Leave(rejoin=request.rejoin, remove_children=request.remove_children)

        def gone(status: NwkStatus, _at: Instant) -> Effects:
            confirm = NlmeLeaveConfirm(status, None)
            return [*self._go("asked to by the layer above", rejoin=request.rejoin), confirm]

        if not self._nwk.nib.authenticated:
            return [*effects, *gone(NwkStatus.SUCCESS, now)]
        return [*effects, *self._announce(announcement, now, gone)]

    def _dismiss(self, child: Neighbour, request: NlmeLeaveRequest, now: Instant) -> Effects:
        """Tell a child to leave, then forget it, reached or not (R22 3.6.1.10.2)."""
        order = Leave(request=True, rejoin=request.rejoin, remove_children=request.remove_children)

        def gone(status: NwkStatus, _at: Instant) -> Effects:
            confirm = NlmeLeaveConfirm(status, request.device)
            return [*self._drop(child, "told to leave"), confirm]

        keyless = child.relation is Relation.UNAUTHENTICATED_CHILD
        if keyless and not self._nwk.settings.leave_unauthenticated_unsecured:
            return gone(NwkStatus.SUCCESS, now)
        return self._order(child, order, now, gone)

    def _order(self, child: Neighbour, order: Leave, now: Instant, done: Done) -> Effects:
        header = self._transmission.header(
            FrameType.COMMAND,
            child.address,
            radius=1,
            security=child.relation is Relation.CHILD,
            source_eui64=True,
        )
        payload = encode_command(order)
        return self._transmission.hand_over(header, payload, child.address, now, done=done)

    def _announce(self, announcement: Leave, now: Instant, done: Done) -> Effects:
        """A one-hop broadcast; an end device tells its parent (R22 3.4.4.2)."""
        header = self._transmission.header(
            FrameType.COMMAND, BROADCAST_RX_ON, radius=1, security=True, source_eui64=True
        )
        payload = encode_command(announcement)
        if self._nwk.nib.is_end_device:
            return self._transmission.unicast(header, payload, now, done=done)
        return self._transmission.air(header, payload, now, done=done)

    def _drop(self, row: Neighbour, reason: str) -> Effects:
        self._nwk.timers.cancel(Duty.UNAUTHENTICATED_CHILD, row.address)
        self._nwk.timers.cancel(Duty.CHILD_TIMEOUT, row.address)
        self._nwk.neighbours.remove(row.address)
        self._nwk.routes.forget(row.address)
        self._nwk.routes.forget_through(row.address)
        if row.eui64 is None or not row.is_child:
            return []
        return [ChildDropped(row.eui64, row.address, reason), self._nwk.beacon()]

    def stranger(self, address: NwkAddress, now: Instant) -> Effects:
        """Tell a device that polls us, but is no child of ours, to rejoin (R22 3.6.10.4.1)."""
        nwk = self._nwk
        wanted = nwk.settings.leave_strangers_that_poll
        if not wanted or not nwk.nib.routing or not nwk.nib.authenticated:
            return []
        if address in self._dismissed:
            return []
        self._dismissed.add(address)
        header = self._transmission.header(
            FrameType.COMMAND, address, radius=1, security=True, source_eui64=True
        )
        payload = encode_command(Leave(request=True, rejoin=True))

        def told(_status: NwkStatus, _at: Instant) -> Effects:
            self._dismissed.discard(address)
            return []

        return self._transmission.indirect(header, payload, address, now, done=told)

    def command(self, incoming: Incoming, command: Leave, now: Instant) -> Effects:
        """A leave command came: somebody goes, or we are told to (R22 3.6.1.10.3)."""
        if command.request:
            refused = self._refusal(incoming)
            if refused is not None:
                return [FrameDropped("nwk", refused, incoming.header.source)]
            return self._obey(command, now)
        row = self._nwk.neighbours.get(incoming.header.source)
        if row is None:
            return []
        effects = self._drop(row, "left")
        eui64 = incoming.header.source_eui64 or row.eui64
        if eui64 is not None:
            effects.append(NlmeLeaveIndication(eui64, command.rejoin))
        if row.relation is Relation.PARENT and command.remove_children:
            return [*effects, *self._obey(command, now)]
        return effects

    def _refusal(self, incoming: Incoming) -> str | None:
        nwk = self._nwk
        row = nwk.neighbours.get(incoming.header.source)
        from_parent = row is not None and row.relation is Relation.PARENT
        if not nwk.nib.joined:
            return "a leave request while on no network (R22 3.6.1.10.3.1)"
        if nwk.nib.is_coordinator:
            return "a coordinator obeys no leave (R22 3.6.1.10.3.1)"
        if is_broadcast(incoming.header.destination):
            return "a leave request that is broadcast (R22 3.6.1.10.3.1)"
        if not nwk.settings.leave_request_allowed:
            return "leave requests are not allowed (R22 3.5.2 nwkLeaveRequestAllowed)"
        if not from_parent and (nwk.nib.is_end_device or nwk.settings.leave_from_parent_only):
            return "a leave request by another than the parent (ZSE 1.4 5.5.5.4)"
        return None

    def _obey(self, command: Leave, now: Instant) -> Effects:
        def gone(_status: NwkStatus, _at: Instant) -> Effects:
            indication = NlmeLeaveIndication(None, command.rejoin)
            return [*self._go("told to by the parent", rejoin=command.rejoin), indication]

        if not self._nwk.nib.authenticated:
            return gone(NwkStatus.SUCCESS, now)
        return self._announce(Leave(rejoin=command.rejoin), now, gone)

    def _go(self, reason: str, *, rejoin: bool) -> Effects:
        """Be on the network no more; keep its key and name for a rejoin (R22 3.6.1.10.4)."""
        nwk = self._nwk
        nwk.timers.cancel_all()
        if rejoin:
            nwk.nib.joined = nwk.nib.routing = nwk.nib.permit_joining = False
            return [LeftNetwork(rejoin, reason)]
        forget_network(nwk)
        return [LeftNetwork(rejoin, reason), MlmeResetRequest(), SILENT]


def forget_network(state: NwkState) -> None:
    """Every table as it was before there was a network.

    What the last scan heard stays: who is refused by one network tries the next (ZSE 1.4 5.5.5.1).
    """
    state.nib.leave()
    state.neighbours.clear()
    state.routes.clear()
    state.broadcasts.clear()
    state.keys.clear()
    state.address_map.clear()
    state.timers.cancel_all()
