from itertools import product

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.radio.port import Channel, RadioTransmit, RadioTransmitted, TransmitOutcome
from emulator.zigbee.addresses import COORDINATOR, NO_PAN, NwkAddress, PanId
from emulator.zigbee.mac.association import (
    TRANSITIONS,
    Association,
    AssociationEvent,
    AssociationState,
)
from emulator.zigbee.mac.commands import AssociationResponse
from emulator.zigbee.mac.facts import MacUnexpectedEvent
from emulator.zigbee.mac.pib import UNASSOCIATED, MacPib
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    MacStatus,
    MlmeAssociateConfirm,
    MlmeAssociateRequest,
)
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import Transmitter

HUB = Eui64(0x00DB1234567890A0)
PAN = PanId(0x5A17)
REQUEST = MlmeAssociateRequest(Channel(0, 15), PAN, COORDINATOR, CapabilityInformation())
ADMITTED = AssociationResponse(NwkAddress(0x1234), AssociationStatus.SUCCESS)
NOW = Instant(1_000)


class Joiner:
    """An association with the PIB it works on."""

    def __init__(self) -> None:
        self.pib = MacPib(Eui64(0x00DB1234567890A1), Stream("pib"))
        self.association = Association(self.pib, MacSettings(), Transmitter())

    def sent(self, outcome: TransmitOutcome, *, pending: bool = False) -> object:
        return self.association.transmitted(RadioTransmitted(1, outcome, pending), NOW)

    def started(self) -> "Joiner":
        self.association.start(REQUEST, NOW)
        return self

    def waiting(self) -> "Joiner":
        self.started().sent(TransmitOutcome.ACKED)
        return self

    def polling(self) -> "Joiner":
        self.waiting().association.wake(NOW)
        return self

    def receiving(self) -> "Joiner":
        self.polling().sent(TransmitOutcome.ACKED, pending=True)
        return self


def test_start_takes_over_channel_and_pan_and_sends_the_request() -> None:
    joiner = Joiner()

    (sent,) = joiner.association.start(REQUEST, NOW)

    assert isinstance(sent, RadioTransmit)
    assert sent.psdu.endswith(b"\x01\x8e")
    assert (joiner.pib.channel, joiner.pib.pan_id) == (Channel(0, 15), PAN)
    assert joiner.association.state is AssociationState.REQUESTING


def test_acknowledged_request_waits_the_response_wait_time_with_the_receiver_off() -> None:
    joiner = Joiner().waiting()

    assert joiner.association.deadline == NOW + 491_520
    assert not joiner.association.wants_receiver


def test_after_the_wait_the_joiner_asks_for_the_answer() -> None:
    joiner = Joiner().waiting()

    (sent,) = joiner.association.wake(NOW)

    assert isinstance(sent, RadioTransmit)
    assert sent.psdu.endswith(b"\x04")


def test_pending_answer_is_listened_for() -> None:
    joiner = Joiner().receiving()

    assert joiner.association.wants_receiver
    assert joiner.association.deadline == NOW + MacSettings().max_frame_total_wait_time


@pytest.mark.parametrize("state", ["waiting", "polling", "receiving"])
def test_answer_ends_the_association_whenever_it_comes(state: str) -> None:
    joiner: Joiner = getattr(Joiner(), state)()

    effects = joiner.association.answered(HUB, ADMITTED, NOW)

    assert effects == (
        MlmeAssociateConfirm(MacStatus.SUCCESS, AssociationStatus.SUCCESS, NwkAddress(0x1234), HUB),
    )
    assert joiner.pib.short_address == 0x1234
    assert joiner.association.deadline is None


def test_refusal_is_confirmed_and_leaves_the_joiner_without_a_pan() -> None:
    joiner = Joiner().receiving()
    refusal = AssociationResponse(UNASSOCIATED, AssociationStatus.PAN_AT_CAPACITY)

    (confirm,) = joiner.association.answered(HUB, refusal, NOW)

    assert confirm == MlmeAssociateConfirm(
        MacStatus.SUCCESS, AssociationStatus.PAN_AT_CAPACITY, UNASSOCIATED, HUB
    )
    assert (joiner.pib.pan_id, joiner.pib.short_address) == (NO_PAN, UNASSOCIATED)


@pytest.mark.parametrize("state", ["started", "polling"])
@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (TransmitOutcome.NO_ACK, MacStatus.NO_ACK),
        (TransmitOutcome.CHANNEL_ACCESS_FAILURE, MacStatus.CHANNEL_ACCESS_FAILURE),
    ],
)
def test_frame_that_does_not_get_through_ends_it(
    state: str, outcome: TransmitOutcome, status: MacStatus
) -> None:
    joiner: Joiner = getattr(Joiner(), state)()

    assert joiner.sent(outcome) == (MlmeAssociateConfirm(status),)
    assert joiner.pib.pan_id == NO_PAN


def test_coordinator_that_keeps_nothing_means_no_data() -> None:
    joiner = Joiner().polling()

    assert joiner.sent(TransmitOutcome.ACKED) == (MlmeAssociateConfirm(MacStatus.NO_DATA),)


def test_answer_that_never_comes_means_no_data() -> None:
    joiner = Joiner().receiving()

    assert joiner.association.wake(NOW) == (MlmeAssociateConfirm(MacStatus.NO_DATA),)


def test_second_start_changes_nothing() -> None:
    joiner = Joiner().waiting()
    other = MlmeAssociateRequest(
        Channel(0, 26), PanId(0x1111), COORDINATOR, CapabilityInformation()
    )

    effects = joiner.association.start(other, NOW)

    assert effects == (MacUnexpectedEvent("association", "WAITING", "START"),)
    assert joiner.pib.channel == Channel(0, 15)


def test_reset_forgets_the_association() -> None:
    joiner = Joiner().receiving()

    joiner.association.reset()

    assert joiner.association.state is AssociationState.IDLE
    assert joiner.association.deadline is None


@pytest.mark.parametrize(
    ("state", "event"), list(product(AssociationState, AssociationEvent)), ids=str
)
def test_every_pair_is_in_the_table_or_leaves_the_state(
    state: AssociationState, event: AssociationEvent
) -> None:
    joiner = Joiner().receiving()
    joiner.association.state = state

    effects = joiner.association.apply(event, NOW)

    found = TRANSITIONS.get((state, event))
    assert joiner.association.state is (state if found is None else found[0])
    unexpected = MacUnexpectedEvent("association", state.name, event.name)
    assert (effects == (unexpected,)) == (found is None)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {after for after, _ in TRANSITIONS.values()}
    left = {state for state, _ in TRANSITIONS}

    assert reached == left == set(AssociationState)
