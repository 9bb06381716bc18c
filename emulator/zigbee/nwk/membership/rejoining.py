"""NWK rejoin, the child's side: with the network key, or to get it anew (R22 3.6.1.4.2.1)."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from emulator.kernel.units import Instant, later
from emulator.zigbee.addresses import is_broadcast
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    MacStatus,
    MlmeBeaconNotifyIndication,
    MlmeScanConfirm,
    MlmeScanRequest,
    ScanKind,
)
from emulator.zigbee.nwk.commands import RejoinRequest, RejoinResponse, encode_command
from emulator.zigbee.nwk.facts import JoinAttemptFailed, Rejoined
from emulator.zigbee.nwk.frames import FrameType
from emulator.zigbee.nwk.membership.procedure import Table, unexpected
from emulator.zigbee.nwk.primitives import NlmeJoinConfirm, NlmeJoinRequest, NwkStatus
from emulator.zigbee.nwk.state import Effects, NwkState, device_type_of
from emulator.zigbee.nwk.tables.candidates import Candidate
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.parent_link import ParentLink
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Transmission


class RejoiningState(Enum):
    """Where rejoining stands."""

    IDLE = "idle"
    SCANNING = "scanning"
    WAITING = "waiting for the response"


@dataclass(frozen=True, slots=True)
class ResponseHeard:
    """A rejoin response came."""

    incoming: Incoming
    response: RejoinResponse


@dataclass(frozen=True, slots=True)
class ResponseOverdue:
    """No rejoin response came in time, or the request got nowhere."""

    reason: str


RejoiningEvent = (
    NlmeJoinRequest | MlmeScanConfirm | MlmeBeaconNotifyIndication | ResponseHeard | ResponseOverdue
)


class Rejoining:
    """Scans for the network, then asks one parent after the other."""

    def __init__(
        self, state: NwkState, parent_link: ParentLink, transmission: Transmission
    ) -> None:
        self.state = RejoiningState.IDLE
        self._nwk = state
        self._parent_link = parent_link
        self._transmission = transmission
        self._parents: list[Candidate] = []
        self._asked: Candidate | None = None
        self._request: NlmeJoinRequest | None = None

    @property
    def scanning(self) -> bool:
        """Whether scan confirms and beacons are meant for us."""
        return self.state is RejoiningState.SCANNING

    def clear(self) -> None:
        """Give up, without a word."""
        self.state = RejoiningState.IDLE
        self._nwk.timers.cancel(Duty.REJOIN_WAIT)

    def handle(self, event: RejoiningEvent, now: Instant) -> Effects:
        """Apply the table."""
        rule = self.table.get((self.state, type(event)))
        if rule is None:
            return unexpected("rejoining", self.state, event)
        self.state, action = rule
        return action(self, event, now)

    def _scan(self, request: NlmeJoinRequest, _now: Instant) -> Effects:
        nib = self._nwk.nib
        keyless = request.secured and self._nwk.keys.active is None
        if nib.is_coordinator or keyless or not request.channels:
            self.state = RejoiningState.IDLE
            return [NlmeJoinConfirm(NwkStatus.NO_KEY if keyless else NwkStatus.INVALID_REQUEST)]
        self._request = request
        nib.joined = False
        self._nwk.timers.cancel(Duty.POLL)
        self._nwk.candidates.clear()
        return [
            MlmeScanRequest(
                ScanKind.ACTIVE,
                request.channels,
                request.scan_duration,
                rejoining=(request.extended_pan_id, nib.nwk_address),
            )
        ]

    def _hear(self, beacon: MlmeBeaconNotifyIndication, _now: Instant) -> Effects:
        fact = self._nwk.candidates.hear(beacon)
        return [] if fact is None else [fact]

    def _choose(self, confirm: MlmeScanConfirm, now: Instant) -> Effects:
        request = self._request
        if request is None or confirm.status not in (MacStatus.SUCCESS, MacStatus.NO_BEACON):
            self.state = RejoiningState.IDLE
            return [NlmeJoinConfirm(NwkStatus(confirm.status))]
        router = request.capability.full_function_device
        parents = self._nwk.candidates.parents(
            request.extended_pan_id, router=router, joining=False
        )
        self._parents = list(parents[: self._nwk.settings.max_rejoin_attempts])
        return self._ask(NwkStatus.NO_NETWORKS, now)

    def _ask(self, failure: NwkStatus, now: Instant) -> Effects:
        """Ask the next parent, or tell why there is no more to try."""
        request = self._request
        if request is None or not self._parents:
            self.state = RejoiningState.IDLE
            return [NlmeJoinConfirm(failure)]
        self._asked = asked = self._parents.pop(0)
        self._tune(asked, request)
        header = self._transmission.header(
            FrameType.COMMAND, asked.address, radius=1, security=request.secured, source_eui64=True
        )
        command = encode_command(RejoinRequest(request.capability))

        def done(status: NwkStatus, at: Instant) -> Effects:
            return self._requested(asked, status, at)

        return [
            self._nwk.bring_up(),
            *self._transmission.hand_over(header, command, asked.address, now, done=done),
        ]

    def _tune(self, asked: Candidate, request: NlmeJoinRequest) -> None:
        """Take on the network of a possible parent, under our address or one we draw."""
        nwk, nib = self._nwk, self._nwk.nib
        nib.channel, nib.pan_id = asked.channel, asked.pan_id
        nib.capability = request.capability
        nib.authenticated = request.secured
        if is_broadcast(nib.nwk_address):
            nib.nwk_address = nwk.free_address()
        former = nwk.neighbours.parent
        if former is not None:
            nwk.neighbours.remove(former.address)
        nwk.neighbours.put(
            Neighbour(
                address=asked.address,
                eui64=nwk.eui64_of(asked.address),
                device_type=device_type_of(asked.address, router=True),
                relation=Relation.PARENT,
                lqi=asked.lqi,
            )
        )

    def _requested(self, asked: Candidate, status: NwkStatus, now: Instant) -> Effects:
        """The request reached the parent, or did not."""
        if self.state is not RejoiningState.WAITING or asked is not self._asked:
            return []
        if status is not NwkStatus.SUCCESS:
            return self.handle(ResponseOverdue(status.name), now)
        settings = self._nwk.settings
        self._nwk.timers.set(Duty.REJOIN_WAIT, later(now, settings.rejoin_response_wait))
        if not self._nwk.nib.rx_on_when_idle:
            self._nwk.timers.set(Duty.POLL, later(now, settings.rejoin_poll_interval))
        return []

    def overdue(self, now: Instant) -> Effects:
        """The wait for the response is over."""
        return self.handle(ResponseOverdue("no rejoin response"), now)

    def _next(self, event: ResponseOverdue, now: Instant) -> Effects:
        failed: Effects = []
        if self._asked is not None:
            failed.append(JoinAttemptFailed(self._asked.address, event.reason))
        return [*failed, *self._ask(NwkStatus.NO_NETWORKS, now)]

    def _answered(self, event: ResponseHeard, now: Instant) -> Effects:
        asked, request = self._asked, self._request
        incoming, response = event.incoming, event.response
        if asked is None or request is None or incoming.secured is not request.secured:
            return []
        self._nwk.timers.cancel(Duty.REJOIN_WAIT)
        if response.status is not AssociationStatus.SUCCESS:
            failed = JoinAttemptFailed(asked.address, response.status.name)
            return [failed, *self._ask(NwkStatus.NOT_PERMITTED, now)]
        self.state = RejoiningState.IDLE
        return self._joined(asked, request, event, now)

    def _joined(
        self, asked: Candidate, request: NlmeJoinRequest, event: ResponseHeard, now: Instant
    ) -> Effects:
        nwk, nib = self._nwk, self._nwk.nib
        nib.nwk_address = event.response.nwk_address
        nib.extended_pan_id = request.extended_pan_id
        nib.update_id = asked.beacon.update_id
        nib.depth = min(asked.beacon.depth + 1, nwk.settings.max_depth)
        nib.joined = True
        parent = nwk.neighbours.get(asked.address)
        known = event.incoming.header.source_eui64
        if parent is not None and known is not None:
            parent.eui64 = known
            nwk.learn_address(known, asked.address)
        self._parent_link.clear()
        if request.secured:
            self._parent_link.stir(now)
        else:
            self._parent_link.wait_for_key(now)
        return [
            nwk.bring_up(),
            Rejoined(nib.channel, nib.pan_id, nib.nwk_address, asked.address, request.secured),
            NlmeJoinConfirm(
                NwkStatus.SUCCESS,
                nib.nwk_address,
                nib.pan_id,
                nib.extended_pan_id,
                nib.channel,
                asked.address,
            ),
        ]

    table: ClassVar[Table[RejoiningState]] = {
        (RejoiningState.IDLE, NlmeJoinRequest): (RejoiningState.SCANNING, _scan),
        (RejoiningState.SCANNING, MlmeBeaconNotifyIndication): (RejoiningState.SCANNING, _hear),
        (RejoiningState.SCANNING, MlmeScanConfirm): (RejoiningState.WAITING, _choose),
        (RejoiningState.WAITING, ResponseHeard): (RejoiningState.WAITING, _answered),
        (RejoiningState.WAITING, ResponseOverdue): (RejoiningState.WAITING, _next),
    }
