from itertools import product

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.radio.port import RadioTransmit, RadioTransmitted, TransmitOutcome
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.mac.facts import MacUnexpectedEvent
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.poll import TRANSITIONS, Poll, PollEvent, PollState
from emulator.zigbee.mac.primitives import MacStatus, MlmePollConfirm, MlmePollRequest
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import Transmitter

PARENT = NwkAddress(0x0000)
NOW = Instant(1_000)


class Child:
    """A poll with the PIB it works on."""

    def __init__(self, settings: MacSettings | None = None) -> None:
        pib = MacPib(Eui64(0x00DB1234567890A1), Stream("pib"))
        pib.pan_id = PanId(0x5A17)
        pib.short_address = NwkAddress(0x1234)
        self.poll = Poll(pib, settings or MacSettings(), Transmitter())

    def sent(self, outcome: TransmitOutcome, *, pending: bool = False) -> object:
        return self.poll.transmitted(RadioTransmitted(1, outcome, pending), NOW)

    def requesting(self) -> "Child":
        self.poll.start(MlmePollRequest(PARENT), NOW)
        return self

    def receiving(self) -> "Child":
        self.requesting().sent(TransmitOutcome.ACKED, pending=True)
        return self

    def frame(self, source: int = PARENT, *, more: bool = False, empty: bool = False) -> object:
        return self.poll.received(source, more=more, empty=empty, now=NOW)


def test_poll_asks_the_parent() -> None:
    (sent,) = Child().poll.start(MlmePollRequest(PARENT), NOW)

    assert isinstance(sent, RadioTransmit)
    assert sent.psdu[:2] + sent.psdu[3:] == bytes.fromhex("6388 175a 0000 3412 04")


def test_parent_that_keeps_nothing_means_no_data() -> None:
    child = Child().requesting()

    assert child.sent(TransmitOutcome.ACKED) == (MlmePollConfirm(MacStatus.NO_DATA),)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (TransmitOutcome.NO_ACK, MacStatus.NO_ACK),
        (TransmitOutcome.CHANNEL_ACCESS_FAILURE, MacStatus.CHANNEL_ACCESS_FAILURE),
    ],
)
def test_request_that_does_not_get_through_is_confirmed_so(
    outcome: TransmitOutcome, status: MacStatus
) -> None:
    child = Child().requesting()

    assert child.sent(outcome) == (MlmePollConfirm(status),)


def test_receiver_is_wanted_only_while_data_is_pending() -> None:
    child = Child()
    said = [child.poll.wants_receiver]

    said.append(child.requesting().poll.wants_receiver)
    child.sent(TransmitOutcome.ACKED, pending=True)
    said.append(child.poll.wants_receiver)
    child.frame()
    said.append(child.poll.wants_receiver)

    assert said == [False, False, True, False]


def test_frame_of_the_parent_confirms_the_poll() -> None:
    child = Child().receiving()

    assert child.frame() == (MlmePollConfirm(MacStatus.SUCCESS),)
    assert child.poll.deadline is None


def test_empty_frame_means_no_data() -> None:
    child = Child().receiving()

    assert child.frame(empty=True) == (MlmePollConfirm(MacStatus.NO_DATA),)


def test_frame_of_somebody_else_concerns_no_poll() -> None:
    child = Child().receiving()

    assert child.frame(source=0x4444) == ()
    assert child.poll.state is PollState.RECEIVING


def test_frame_that_never_comes_means_no_data() -> None:
    child = Child().receiving()

    assert child.poll.wake(NOW) == (MlmePollConfirm(MacStatus.NO_DATA),)


def test_frame_that_announces_more_is_followed_by_another_request_confirmed_once() -> None:
    child = Child().receiving()

    effects = child.frame(more=True)
    child.sent(TransmitOutcome.ACKED, pending=True)

    assert isinstance(effects, tuple)
    assert effects[0] == MlmePollConfirm(MacStatus.SUCCESS)
    assert isinstance(effects[1], RadioTransmit)
    assert child.frame() == ()
    assert child.poll.state is PollState.IDLE


def test_asking_for_more_can_be_switched_off() -> None:
    child = Child(MacSettings(keeps_polling=False)).receiving()

    assert child.frame(more=True) == (MlmePollConfirm(MacStatus.SUCCESS),)
    assert child.poll.state is PollState.IDLE


def test_poll_asked_for_while_asking_for_more_is_confirmed_too() -> None:
    child = Child().receiving()
    child.frame(more=True)

    child.poll.start(MlmePollRequest(PARENT), NOW)

    assert child.sent(TransmitOutcome.ACKED) == (MlmePollConfirm(MacStatus.NO_DATA),)


def test_reset_forgets_the_poll() -> None:
    child = Child().receiving()

    child.poll.reset()

    assert child.poll.state is PollState.IDLE
    assert child.poll.deadline is None


@pytest.mark.parametrize(("state", "event"), list(product(PollState, PollEvent)), ids=str)
def test_every_pair_is_in_the_table_or_leaves_the_state(state: PollState, event: PollEvent) -> None:
    poll = Child().poll
    poll.state = state

    effects = poll.apply(event, NOW)

    found = TRANSITIONS.get((state, event))
    assert poll.state is (state if found is None else found[0])
    unexpected = MacUnexpectedEvent("poll", state.name, event.name)
    assert (effects == (unexpected,)) == (found is None)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {after for after, _ in TRANSITIONS.values()}
    left = {state for state, _ in TRANSITIONS}

    assert reached == left == set(PollState)
