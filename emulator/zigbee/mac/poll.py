"""Asking the parent for what it holds (IEEE 802.15.4-2006 7.5.6.3)."""

from collections.abc import Callable, Sequence
from enum import IntEnum, auto
from typing import Final

from emulator.kernel.units import Instant, later
from emulator.radio.port import RadioTransmit, RadioTransmitted, TransmitOutcome
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.building import data_request_frame
from emulator.zigbee.mac.facts import MacUnexpectedEvent
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import MacStatus, MlmePollConfirm, MlmePollRequest
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import Procedure, Transmitter, status_of

Effect = RadioTransmit | MlmePollConfirm | MacUnexpectedEvent


class PollState(IntEnum):
    """How far the poll is; the latter two follow a frame that said there is more."""

    IDLE = auto()
    REQUESTING = auto()
    RECEIVING = auto()
    REQUESTING_MORE = auto()
    RECEIVING_MORE = auto()


class PollEvent(IntEnum):
    """What may happen to a poll."""

    START = auto()
    ACKED = auto()
    PENDING = auto()
    FAILED = auto()
    FRAME = auto()
    FRAME_AND_MORE = auto()
    EMPTY_FRAME = auto()
    TIMEOUT = auto()


class Poll:
    """One poll at a time; it is confirmed once, whatever more the parent holds."""

    def __init__(self, pib: MacPib, settings: MacSettings, transmitter: Transmitter) -> None:
        self.state = PollState.IDLE
        self.deadline: Instant | None = None
        self.parent = NwkAddress(0)
        self._pib = pib
        self._settings = settings
        self._transmitter = transmitter
        self._failure = MacStatus.SUCCESS

    @property
    def wants_receiver(self) -> bool:
        """Whether the receiver has to be on for the parent's data."""
        return self.state in _LISTENING

    def start(self, request: MlmePollRequest, now: Instant) -> Sequence[Effect]:
        """Ask `parent`."""
        if self.state is PollState.IDLE:
            self.parent = request.parent
        return self.apply(PollEvent.START, now)

    def transmitted(self, event: RadioTransmitted, now: Instant) -> Sequence[Effect]:
        """Go on after our data request was sent, or not."""
        if event.outcome is not TransmitOutcome.ACKED:
            self._failure = status_of(event.outcome)
            return self.apply(PollEvent.FAILED, now)
        return self.apply(PollEvent.PENDING if event.frame_pending else PollEvent.ACKED, now)

    def received(self, source: int, *, more: bool, empty: bool, now: Instant) -> Sequence[Effect]:
        """Take note of a data frame; one that was not asked for concerns no poll."""
        if self.state not in _LISTENING or source != self.parent:
            return ()
        if more and self._settings.keeps_polling:
            return self.apply(PollEvent.FRAME_AND_MORE, now)
        return self.apply(PollEvent.EMPTY_FRAME if empty else PollEvent.FRAME, now)

    def wake(self, now: Instant) -> Sequence[Effect]:
        """Go on when the time is over."""
        return self.apply(PollEvent.TIMEOUT, now)

    def reset(self) -> None:
        """Forget the poll that is going on."""
        self.state = PollState.IDLE
        self.deadline = None

    def apply(self, event: PollEvent, now: Instant) -> Sequence[Effect]:
        """Apply the table; an event it does not provide for changes nothing."""
        found = TRANSITIONS.get((self.state, event))
        if found is None:
            return (MacUnexpectedEvent("poll", self.state.name, event.name),)
        self.state, action = found
        self.deadline = None
        return action(self, now)

    def request(self, _now: Instant) -> Sequence[Effect]:
        """Send the data request."""
        frame = data_request_frame(self._pib, self._pib.pan_id, self.parent)
        return (self._transmitter.send(frame, Procedure.POLL),)

    def receive(self, now: Instant) -> Sequence[Effect]:
        """Listen for the parent's data."""
        self.deadline = later(now, self._settings.frame_wait(self._pib.channel))
        return ()

    def fail(self, _now: Instant) -> Sequence[Effect]:
        """Confirm that the data request did not get through."""
        return (MlmePollConfirm(self._failure),)

    def miss(self, _now: Instant) -> Sequence[Effect]:
        """Confirm that there is nothing."""
        return (MlmePollConfirm(MacStatus.NO_DATA),)

    def confirm(self, _now: Instant) -> Sequence[Effect]:
        """Confirm that data came."""
        return (MlmePollConfirm(MacStatus.SUCCESS),)

    def confirm_and_request(self, now: Instant) -> Sequence[Effect]:
        """Confirm that data came, and ask for more."""
        return (*self.confirm(now), *self.request(now))

    def rest(self, _now: Instant) -> Sequence[Effect]:
        """End what was confirmed before."""
        return ()


_Action = Callable[[Poll, Instant], Sequence[Effect]]
_State = PollState
_Event = PollEvent
_LISTENING: Final = frozenset((_State.RECEIVING, _State.RECEIVING_MORE))

TRANSITIONS: Final[dict[tuple[PollState, PollEvent], tuple[_State, _Action]]] = {
    (_State.IDLE, _Event.START): (_State.REQUESTING, Poll.request),
    (_State.REQUESTING, _Event.ACKED): (_State.IDLE, Poll.miss),
    (_State.REQUESTING, _Event.PENDING): (_State.RECEIVING, Poll.receive),
    (_State.REQUESTING, _Event.FAILED): (_State.IDLE, Poll.fail),
    (_State.RECEIVING, _Event.FRAME): (_State.IDLE, Poll.confirm),
    (_State.RECEIVING, _Event.FRAME_AND_MORE): (_State.REQUESTING_MORE, Poll.confirm_and_request),
    (_State.RECEIVING, _Event.EMPTY_FRAME): (_State.IDLE, Poll.miss),
    (_State.RECEIVING, _Event.TIMEOUT): (_State.IDLE, Poll.miss),
    (_State.REQUESTING_MORE, _Event.START): (_State.REQUESTING, Poll.rest),
    (_State.REQUESTING_MORE, _Event.ACKED): (_State.IDLE, Poll.rest),
    (_State.REQUESTING_MORE, _Event.PENDING): (_State.RECEIVING_MORE, Poll.receive),
    (_State.REQUESTING_MORE, _Event.FAILED): (_State.IDLE, Poll.rest),
    (_State.RECEIVING_MORE, _Event.START): (_State.RECEIVING, Poll.receive),
    (_State.RECEIVING_MORE, _Event.FRAME): (_State.IDLE, Poll.rest),
    (_State.RECEIVING_MORE, _Event.FRAME_AND_MORE): (_State.REQUESTING_MORE, Poll.request),
    (_State.RECEIVING_MORE, _Event.EMPTY_FRAME): (_State.IDLE, Poll.rest),
    (_State.RECEIVING_MORE, _Event.TIMEOUT): (_State.IDLE, Poll.rest),
}
"""What each event leads to; a poll asked for while asking for more becomes that one."""
