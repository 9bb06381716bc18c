"""Joining by association, the child's side (R22 3.6.1.4.1.1)."""

from enum import Enum
from typing import ClassVar

from emulator.kernel.units import Instant
from emulator.zigbee.addresses import BROADCAST_ALL, NO_NWK_ADDRESS
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    MacStatus,
    MlmeAssociateConfirm,
    MlmeAssociateRequest,
)
from emulator.zigbee.nwk.facts import Associated, JoinAttemptFailed
from emulator.zigbee.nwk.membership.procedure import Table, unexpected
from emulator.zigbee.nwk.primitives import NlmeJoinConfirm, NlmeJoinRequest, NwkStatus
from emulator.zigbee.nwk.state import Effects, NwkState, device_type_of
from emulator.zigbee.nwk.tables.candidates import Candidate
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.nwk.traffic.parent_link import ParentLink


class JoiningState(Enum):
    """Where joining stands."""

    IDLE = "idle"
    ASSOCIATING = "associating"


JoiningEvent = NlmeJoinRequest | MlmeAssociateConfirm


class Joining:
    """Asks one parent after the other, best first."""

    def __init__(self, state: NwkState, parent_link: ParentLink) -> None:
        self.state = JoiningState.IDLE
        self._nwk = state
        self._parent_link = parent_link
        self._parents: list[Candidate] = []
        self._asked: Candidate | None = None
        self._request: NlmeJoinRequest | None = None

    def clear(self) -> None:
        """Give up, without a word."""
        self.state = JoiningState.IDLE

    def handle(self, event: JoiningEvent, now: Instant) -> Effects:
        """Apply the table."""
        rule = self.table.get((self.state, type(event)))
        if rule is None:
            return unexpected("joining", self.state, event)
        self.state, action = rule
        return action(self, event, now)

    def _start(self, request: NlmeJoinRequest, _now: Instant) -> Effects:
        if self._nwk.nib.is_coordinator or self._nwk.nib.authenticated:
            self.state = JoiningState.IDLE
            return [NlmeJoinConfirm(NwkStatus.INVALID_REQUEST)]
        self._request = request
        router = request.capability.full_function_device
        parents = self._nwk.candidates.parents(request.extended_pan_id, router=router, joining=True)
        self._parents = list(parents[: self._nwk.settings.max_join_attempts])
        return self._ask(NwkStatus.NO_NETWORKS)

    def _ask(self, failure: NwkStatus) -> Effects:
        """Associate with the next parent, or tell why there is no more to try."""
        request = self._request
        if request is None or not self._parents:
            self.state = JoiningState.IDLE
            return [NlmeJoinConfirm(failure)]
        self._asked = asked = self._parents.pop(0)
        return [
            MlmeAssociateRequest(asked.channel, asked.pan_id, asked.address, request.capability)
        ]

    def _answered(self, confirm: MlmeAssociateConfirm, now: Instant) -> Effects:
        asked, request = self._asked, self._request
        if asked is None or request is None:
            self.state = JoiningState.IDLE
            return []
        address = confirm.short_address
        taken = (
            confirm.status is MacStatus.SUCCESS
            and confirm.association is AssociationStatus.SUCCESS
            and address not in (None, NO_NWK_ADDRESS, BROADCAST_ALL)
        )
        if not taken or address is None:
            return self._refused(asked, confirm)
        self.state = JoiningState.IDLE
        nib = self._nwk.nib
        nib.leave()
        nib.channel, nib.pan_id, nib.nwk_address = asked.channel, asked.pan_id, address
        nib.extended_pan_id = request.extended_pan_id
        nib.update_id = asked.beacon.update_id
        nib.depth = min(asked.beacon.depth + 1, self._nwk.settings.max_depth)
        nib.capability = request.capability
        nib.joined = True
        self._meet(asked, confirm)
        self._parent_link.clear()
        self._parent_link.wait_for_key(now)
        return [
            self._nwk.bring_up(),
            Associated(asked.channel, asked.pan_id, address, asked.address),
            NlmeJoinConfirm(
                NwkStatus.SUCCESS,
                address,
                asked.pan_id,
                request.extended_pan_id,
                asked.channel,
                asked.address,
            ),
        ]

    def _meet(self, asked: Candidate, confirm: MlmeAssociateConfirm) -> None:
        """Start the tables anew, with the parent in them."""
        nwk = self._nwk
        nwk.neighbours.clear()
        nwk.routes.clear()
        nwk.broadcasts.clear()
        nwk.keys.clear()
        if confirm.coordinator_eui64 is not None:
            nwk.learn_address(confirm.coordinator_eui64, asked.address)
        nwk.neighbours.put(
            Neighbour(
                address=asked.address,
                eui64=confirm.coordinator_eui64,
                device_type=device_type_of(asked.address, router=True),
                relation=Relation.PARENT,
                lqi=asked.lqi,
            )
        )

    def _refused(self, asked: Candidate, confirm: MlmeAssociateConfirm) -> Effects:
        if confirm.status is not MacStatus.SUCCESS:
            failure, reason = NwkStatus(confirm.status), confirm.status.name
        else:
            answer = confirm.association
            failure = NwkStatus.NOT_PERMITTED
            reason = "no address" if answer is None else answer.name
        return [JoinAttemptFailed(asked.address, reason), *self._ask(failure)]

    table: ClassVar[Table[JoiningState]] = {
        (JoiningState.IDLE, NlmeJoinRequest): (JoiningState.ASSOCIATING, _start),
        (JoiningState.ASSOCIATING, MlmeAssociateConfirm): (JoiningState.ASSOCIATING, _answered),
    }
