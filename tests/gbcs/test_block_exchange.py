"""Whole messages over a link that takes blocks."""

from dataclasses import replace
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.block_exchange import (
    MOST_TRANSFERS,
    BlockExchange,
    ExchangeEffect,
    Incoming,
    Outgoing,
    TransferFailed,
    is_block,
)
from emulator.gbcs.block_transfer import Block, RoutedBlock, route_of
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, later, minutes

DEVICE, BROKER = Eui64(0x00DB1234567890A1), Eui64(0x90B3D51F30000002)


def message(length: int, counter: int = 1) -> Message:
    information = OtherInformation(0x0013)
    return Message(Cra.RESPONSE, counter, DEVICE, BROKER, b"", information, bytes(length))


def carry(
    sender: BlockExchange, receiver: BlockExchange, effects: list[ExchangeEffect]
) -> list[bytes]:
    """The messages that come whole at the receiver, with everything both say in between."""
    arrived = []
    link = [(each, receiver, sender) for each in effects]
    while link:
        effect, to, back = link.pop(0)
        if isinstance(effect, Incoming):
            arrived.append(effect.octets)
        elif isinstance(effect, Outgoing):
            found = to.arrived(effect.octets, START)
            link += [(each, back if isinstance(each, Outgoing) else to, to) for each in found]
    return arrived


def test_a_message_that_fits_goes_as_it_is() -> None:
    short = message(1000)

    (sent,) = BlockExchange().send(short, START)

    assert sent == Outgoing(BROKER, short.encode())
    assert isinstance(sent, Outgoing)
    assert not is_block(sent.octets)
    assert BlockExchange().arrived(sent.octets, START) == (Incoming(short.encode()),)


@given(length=st.integers(0, 9000))
def test_a_message_of_any_length_comes_whole(length: int) -> None:
    whole = message(length)
    device, broker = BlockExchange(), BlockExchange()

    arrived = carry(device, broker, list(device.send(whole, START)))

    assert arrived == [whole.encode()]
    assert device.deadline is None


def test_every_piece_fits_the_link() -> None:
    for each in BlockExchange().send(message(5000), START):
        assert isinstance(each, Outgoing)
        assert len(each.octets) <= 1200
        assert is_block(each.octets)


def test_blocks_that_are_not_acknowledged_go_again_until_given_up() -> None:
    device = BlockExchange()
    first = device.send(message(5000), START)
    now: Instant = START
    found: list[ExchangeEffect] = []
    while device.deadline is not None:
        now = device.deadline
        found += device.wake(now)

    assert [each for each in found if isinstance(each, Outgoing)][: len(first)] == list(first)
    (failed,) = (each for each in found if isinstance(each, TransferFailed))
    assert failed.sending
    assert failed.route == route_of(message(5000))
    assert now <= later(START, minutes(10))


def test_a_message_whose_blocks_stop_coming_is_given_up() -> None:
    broker = BlockExchange()
    (first, *_) = BlockExchange().send(message(5000), START)
    assert isinstance(first, Outgoing)
    broker.arrived(first.octets, START)
    found: list[ExchangeEffect] = []
    while broker.deadline is not None:
        found += broker.wake(broker.deadline)

    (failed,) = (each for each in found if isinstance(each, TransferFailed))
    assert not failed.sending


def test_two_messages_in_blocks_do_not_mix() -> None:
    device, broker = BlockExchange(), BlockExchange()
    one, two = message(3000, 1), message(4000, 2)
    effects = [
        each
        for pair in zip_longest(device.send(one, START), device.send(two, START))
        for each in pair
        if each is not None
    ]

    arrived = carry(device, broker, effects)

    assert sorted(map(len, arrived)) == [len(one.encode()), len(two.encode())]


def test_an_acknowledgement_of_nothing_is_ignored() -> None:
    route = replace(route_of(message(5)), originator=BROKER, recipient=DEVICE)
    octets = RoutedBlock(route, bytes(5), Block(1, b"", last=True, acknowledged=3)).encode()

    assert BlockExchange().arrived(octets, START) == ()


def test_octets_that_start_as_a_block_and_are_none_are_refused() -> None:
    with pytest.raises(WireError):
        BlockExchange().arrived(bytes.fromhex("DD09"), START)


def test_many_beginnings_do_not_fill_the_memory() -> None:
    broker = BlockExchange()
    for counter in range(3 * MOST_TRANSFERS):
        first = BlockExchange().send(message(5000, counter), START)[0]
        assert isinstance(first, Outgoing)
        broker.arrived(first.octets, START)
    found: list[ExchangeEffect] = []
    while broker.deadline is not None:
        found += broker.wake(broker.deadline)

    assert sum(isinstance(each, TransferFailed) for each in found) == MOST_TRANSFERS


def test_a_block_that_cannot_belong_to_its_message_is_told() -> None:
    octets = RoutedBlock(route_of(message(5)), bytes(5), Block(99, b"\x00")).encode()

    (failed,) = BlockExchange().arrived(octets, START)

    assert isinstance(failed, TransferFailed)
    assert "99" in failed.reason
