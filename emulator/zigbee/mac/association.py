"""Association, the joiner's side (IEEE 802.15.4-2006 7.5.3.1).

Request, wait macResponseWaitTime, ask the coordinator for the answer, take it.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant, later
from emulator.radio.port import RadioTransmit, RadioTransmitted, TransmitOutcome
from emulator.zigbee.addresses import NO_PAN
from emulator.zigbee.mac.building import association_request_frame, data_request_frame
from emulator.zigbee.mac.commands import AssociationResponse
from emulator.zigbee.mac.facts import MacUnexpectedEvent
from emulator.zigbee.mac.pib import UNASSOCIATED, MacPib
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    MacStatus,
    MlmeAssociateConfirm,
    MlmeAssociateRequest,
)
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import Procedure, Transmitter, status_of

Effect = RadioTransmit | MlmeAssociateConfirm | MacUnexpectedEvent


class AssociationState(Enum):
    """How far the association is."""

    IDLE = auto()
    REQUESTING = auto()
    WAITING = auto()
    POLLING = auto()
    RECEIVING = auto()


class AssociationEvent(Enum):
    """What may happen to an association."""

    START = auto()
    ACKED = auto()
    PENDING = auto()
    FAILED = auto()
    RESPONSE = auto()
    TIMEOUT = auto()


class Association:
    """One association at a time."""

    def __init__(self, pib: MacPib, settings: MacSettings, transmitter: Transmitter) -> None:
        self.state = AssociationState.IDLE
        self.deadline: Instant | None = None
        self._pib = pib
        self._settings = settings
        self._transmitter = transmitter
        self._request: MlmeAssociateRequest | None = None
        self._failure = MacStatus.SUCCESS
        self._answer: tuple[Eui64, AssociationResponse] | None = None

    @property
    def wants_receiver(self) -> bool:
        """Whether the receiver has to be on for the answer."""
        return self.state is AssociationState.RECEIVING

    def start(self, request: MlmeAssociateRequest, now: Instant) -> Sequence[Effect]:
        """Associate; our PAN identifier and channel become those of the coordinator."""
        if self.state is AssociationState.IDLE:
            self._request = request
        return self.apply(AssociationEvent.START, now)

    def transmitted(self, event: RadioTransmitted, now: Instant) -> Sequence[Effect]:
        """Go on after one of our frames was sent, or not."""
        if event.outcome is not TransmitOutcome.ACKED:
            self._failure = status_of(event.outcome)
            return self.apply(AssociationEvent.FAILED, now)
        pending = event.frame_pending
        return self.apply(AssociationEvent.PENDING if pending else AssociationEvent.ACKED, now)

    def answered(
        self, coordinator: Eui64, response: AssociationResponse, now: Instant
    ) -> Sequence[Effect]:
        """Take an association response."""
        self._answer = coordinator, response
        return self.apply(AssociationEvent.RESPONSE, now)

    def wake(self, now: Instant) -> Sequence[Effect]:
        """Go on when the time is over."""
        return self.apply(AssociationEvent.TIMEOUT, now)

    def reset(self) -> None:
        """Forget the association that is going on."""
        self.state = AssociationState.IDLE
        self.deadline = None

    def apply(self, event: AssociationEvent, now: Instant) -> Sequence[Effect]:
        """Apply the table; an event it does not provide for changes nothing."""
        found = TRANSITIONS.get((self.state, event))
        if found is None:
            return (MacUnexpectedEvent("association", self.state.name, event.name),)
        self.state, action = found
        self.deadline = None
        return action(self, now)

    def request(self, _now: Instant) -> Sequence[Effect]:
        """Send the request."""
        request = self._requested()
        self._pib.channel = request.channel
        self._pib.pan_id = request.pan_id
        self._pib.short_address = UNASSOCIATED
        frame = association_request_frame(self._pib, request)
        return (self._transmitter.send(frame, Procedure.ASSOCIATION),)

    def wait(self, now: Instant) -> Sequence[Effect]:
        """Give the coordinator time to answer."""
        return self._until(now, self._settings.response_wait(self._pib.channel))

    def poll(self, _now: Instant) -> Sequence[Effect]:
        """Ask for the answer."""
        request = self._requested()
        frame = data_request_frame(self._pib, request.pan_id, request.coordinator)
        return (self._transmitter.send(frame, Procedure.ASSOCIATION),)

    def receive(self, now: Instant) -> Sequence[Effect]:
        """Listen for the answer."""
        return self._until(now, self._settings.frame_wait(self._pib.channel))

    def fail(self, _now: Instant) -> Sequence[Effect]:
        """Give up because a frame of ours did not get through."""
        return self._end(MlmeAssociateConfirm(self._failure))

    def miss(self, _now: Instant) -> Sequence[Effect]:
        """Give up because there was no answer."""
        return self._end(MlmeAssociateConfirm(MacStatus.NO_DATA))

    def conclude(self, _now: Instant) -> Sequence[Effect]:
        """Take the answer over."""
        if self._answer is None:
            return self.miss(_now)
        coordinator, response = self._answer
        return self._end(
            MlmeAssociateConfirm(
                MacStatus.SUCCESS, response.status, response.short_address, coordinator
            )
        )

    def _end(self, confirm: MlmeAssociateConfirm) -> Sequence[Effect]:
        """Keep what was won; a PAN we are not a member of is forgotten (7.5.3.1)."""
        self._transmitter.forget(Procedure.ASSOCIATION)
        if confirm.association is AssociationStatus.SUCCESS and confirm.short_address is not None:
            self._pib.short_address = confirm.short_address
        else:
            self._pib.pan_id = NO_PAN
        return (confirm,)

    def _until(self, now: Instant, duration: Duration) -> Sequence[Effect]:
        self.deadline = later(now, duration)
        return ()

    def _requested(self) -> MlmeAssociateRequest:
        assert self._request is not None  # noqa: S101 - the table leads here only after START
        return self._request


_Action = Callable[[Association, Instant], Sequence[Effect]]
_State = AssociationState
_Event = AssociationEvent

TRANSITIONS: Final[dict[tuple[AssociationState, AssociationEvent], tuple[_State, _Action]]] = {
    (_State.IDLE, _Event.START): (_State.REQUESTING, Association.request),
    (_State.REQUESTING, _Event.ACKED): (_State.WAITING, Association.wait),
    (_State.REQUESTING, _Event.PENDING): (_State.WAITING, Association.wait),
    (_State.REQUESTING, _Event.FAILED): (_State.IDLE, Association.fail),
    (_State.WAITING, _Event.TIMEOUT): (_State.POLLING, Association.poll),
    (_State.WAITING, _Event.RESPONSE): (_State.IDLE, Association.conclude),
    (_State.POLLING, _Event.ACKED): (_State.IDLE, Association.miss),
    (_State.POLLING, _Event.PENDING): (_State.RECEIVING, Association.receive),
    (_State.POLLING, _Event.FAILED): (_State.IDLE, Association.fail),
    (_State.POLLING, _Event.RESPONSE): (_State.IDLE, Association.conclude),
    (_State.RECEIVING, _Event.RESPONSE): (_State.IDLE, Association.conclude),
    (_State.RECEIVING, _Event.TIMEOUT): (_State.IDLE, Association.miss),
}
"""What each event leads to.

A response may overtake the acknowledgement of the data request that asked for it: it is taken,
since the radio acknowledged it already.
"""
