from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.alt_han.bridge.facts import BridgeDropped, BridgeSearching, BridgeSettled
from emulator.alt_han.bridge.primitives import Carry, FromPeer, Search, Seen, Settled, ToPeer
from emulator.alt_han.bridge.relay_end import RelayEnd
from emulator.alt_han.bridge.settings import BridgeSettings, Transparency
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.radio.port import (
    Channel,
    RadioAliases,
    RadioPending,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.testing.stack import mac_frames as sent

END = Eui64(0x00DB1234567890F0)
PLACE = Settled(Channel(0, 15), sent.PAN, sent.HAN)
DEVICE = 0x1234


def heard(psdu: bytes) -> RadioReceived:
    return RadioReceived(psdu, -60, 200)


def end(transparency: Transparency = Transparency.RELAY) -> RelayEnd:
    """A remote end on its channel, whose other end has heard the hub."""
    made = RelayEnd(END, transparency, BridgeSettings())
    made.handle(FromPeer(PLACE), Instant(0))
    made.handle(FromPeer(Seen(short=0)), Instant(0))
    return made


def of(kind: type, effects: Sequence[Any]) -> list[Any]:
    return [each for each in effects if isinstance(each, kind)]


def test_the_leading_end_searches_and_takes_the_other_along() -> None:
    made = RelayEnd(END, Transparency.RELAY, BridgeSettings())

    begun = made.handle(Search(), Instant(0))
    found = made.handle(heard(sent.beacon()), Instant(1))

    assert of(BridgeSearching, begun) == [BridgeSearching("told to")]
    assert of(BridgeSettled, found)
    place = Settled(Channel(0, 11), sent.PAN, sent.HAN)
    assert of(ToPeer, found) == [ToPeer(place), ToPeer(Seen(short=0))]
    assert made.settled


def test_a_han_that_went_silent_is_looked_for_again() -> None:
    made = RelayEnd(END, Transparency.RELAY, BridgeSettings())
    made.handle(Search(), Instant(0))
    made.handle(heard(sent.beacon()), Instant(1))
    deadline = made.deadline
    assert deadline is not None

    effects = made.wake(deadline)

    assert of(BridgeSearching, effects) == [BridgeSearching("silence")]
    assert not made.settled


def test_an_end_that_is_led_never_searches() -> None:
    assert end().deadline is None


def test_a_frame_for_the_other_side_is_carried() -> None:
    psdu = sent.data(DEVICE, 0)

    effects = end().handle(heard(psdu), Instant(0))

    assert of(ToPeer, effects) == [ToPeer(Seen(short=DEVICE)), ToPeer(Carry(psdu))]


def test_a_frame_between_two_on_this_side_stays() -> None:
    effects = end().handle(heard(sent.data(DEVICE, 0x4321)), Instant(0))

    assert ToPeer(Carry(sent.data(DEVICE, 0x4321))) not in effects


def test_what_is_for_everybody_is_carried() -> None:
    for psdu in (sent.data(DEVICE, 0xFFFF), sent.beacon_request(), sent.beacon()):
        assert ToPeer(Carry(psdu)) in end().handle(heard(psdu), Instant(0))


def test_the_same_frame_is_carried_once_within_the_window() -> None:
    made = end()
    psdu = sent.data(DEVICE, 0)
    made.handle(heard(psdu), Instant(0))

    assert made.handle(heard(psdu), Instant(1_999_999)) == ()
    assert ToPeer(Carry(psdu)) in made.handle(heard(psdu), Instant(4_000_000))


def test_an_end_answers_for_devices_that_the_other_has_heard() -> None:
    (aliases,) = end().handle(FromPeer(Seen(short=DEVICE)), Instant(0))

    assert aliases == RadioAliases(frozenset({0, DEVICE}), frozenset())


def test_every_poll_is_told_that_there_may_be_something_the_first_too() -> None:
    made = RelayEnd(END, Transparency.PROXY, BridgeSettings())

    settled = made.handle(FromPeer(PLACE), Instant(0))

    assert of(RadioPending, settled) == [RadioPending(frozenset(), frozenset(), everyone=True)]


def test_a_proxy_gives_a_frame_again_that_a_poller_did_not_acknowledge() -> None:
    made = end(Transparency.PROXY)
    made.handle(heard(sent.polls(DEVICE)), Instant(0))
    psdu = sent.data(0, DEVICE)
    (first,) = made.handle(FromPeer(Carry(psdu)), Instant(1_000))

    lost = made.handle(RadioTransmitted(first.handle, TransmitOutcome.NO_ACK), Instant(9_000))
    polled = made.handle(heard(sent.polls(DEVICE, sequence=8)), Instant(500_000))

    assert lost == ()
    assert [each.psdu for each in of(RadioTransmit, polled)] == [psdu]


def test_a_proxy_gives_up_on_a_poller_that_never_acknowledges() -> None:
    made = end(Transparency.PROXY)
    made.handle(heard(sent.polls(DEVICE)), Instant(0))
    psdu = sent.data(0, DEVICE)
    transmits = of(RadioTransmit, made.handle(FromPeer(Carry(psdu)), Instant(1_000)))
    told: list[BridgeDropped] = []

    for at in range(9_000, 20_000_000, 500_000):
        for each in transmits:
            told += made.handle(RadioTransmitted(each.handle, TransmitOutcome.NO_ACK), Instant(at))
        polled = made.handle(heard(sent.polls(DEVICE, sequence=at // 500_000)), Instant(at + 1))
        transmits = of(RadioTransmit, polled)

    assert told == [BridgeDropped("no acknowledgement", len(psdu))]


def test_a_new_address_is_known_at_both_ends_at_once() -> None:
    wired, remote = end(), end()
    wired.handle(FromPeer(Seen(extended=sent.JOINER)), Instant(0))
    response = sent.association_response(DEVICE)

    effects = wired.handle(heard(response), Instant(0))
    remote.handle(FromPeer(Carry(response)), Instant(0))

    assert of(RadioAliases, effects)[-1].short_addresses == {0, DEVICE}
    assert Seen(short=DEVICE) in remote.sides.mine


def test_a_carried_frame_goes_on_the_air_as_it_was() -> None:
    psdu = sent.data(0, DEVICE)

    (transmit,) = end().handle(FromPeer(Carry(psdu)), Instant(0))

    assert isinstance(transmit, RadioTransmit)
    assert transmit.psdu == psdu


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (TransmitOutcome.ACKED, []),
        (TransmitOutcome.SENT, []),
        (TransmitOutcome.NO_ACK, [BridgeDropped("no acknowledgement", 15)]),
        (
            TransmitOutcome.CHANNEL_ACCESS_FAILURE,
            [BridgeDropped("channel access failure", 15)],
        ),
    ],
)
def test_a_frame_that_ends_at_the_bridge_is_told(
    outcome: TransmitOutcome, told: list[BridgeDropped]
) -> None:
    made = end()
    psdu = sent.data(0, DEVICE, b"123456")
    (transmit,) = made.handle(FromPeer(Carry(psdu)), Instant(0))

    effects = made.handle(RadioTransmitted(transmit.handle, outcome), Instant(1))

    assert list(effects) == told


def test_frames_before_it_is_on_the_channel_are_dropped() -> None:
    made = RelayEnd(END, Transparency.RELAY, BridgeSettings())

    assert of(BridgeDropped, made.handle(FromPeer(Carry(sent.data(0, 1))), Instant(0)))
    assert made.handle(heard(sent.data(0, 1)), Instant(0)) == ()


def test_a_proxy_keeps_frames_for_who_sleeps_and_gives_them_on_a_poll() -> None:
    made = end(Transparency.PROXY)
    made.handle(heard(sent.polls(DEVICE)), Instant(0))
    psdu = sent.data(0, DEVICE)

    assert made.handle(FromPeer(Carry(psdu)), Instant(1_000_000)) == ()
    effects = made.handle(heard(sent.polls(DEVICE, sequence=8)), Instant(2_000_000))

    assert [each.psdu for each in of(RadioTransmit, effects)] == [psdu]


def test_a_proxy_asks_early_and_tells_of_what_nobody_came_for() -> None:
    made = end(Transparency.PROXY)
    made.handle(FromPeer(Carry(sent.association_request())), Instant(0))
    made.handle(FromPeer(Carry(sent.association_response(DEVICE))), Instant(0))

    asked = made.wake(Instant(50_000))
    gone = made.wake(Instant(20_000_000))

    assert len(of(RadioTransmit, asked)) == 1
    assert of(BridgeDropped, gone)[0].reason == "nobody asked for it"


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_no_octets_on_the_air_are_too_much_for_an_end(frames: list[bytes]) -> None:
    made = end(Transparency.PROXY)

    for psdu in frames:
        for effect in made.handle(heard(psdu), Instant(0)):
            if isinstance(effect, ToPeer):
                end().handle(FromPeer(effect.message), Instant(0))


def test_other_events_are_none_of_its_business() -> None:
    assert end().handle("anything", Instant(0)) == ()
