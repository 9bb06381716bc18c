from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import START
from emulator.smart_energy.tunnel.bare import BareMessages
from emulator.smart_energy.tunnel.facts import MessageLost
from emulator.smart_energy.tunnel.primitives import (
    SendThroughTunnel,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
)
from emulator.testing.stack.tunnel_bench import DEVICE, HUB, STRANGER


@pytest.fixture
def bare() -> BareMessages:
    """Carries for the device, leaves the hub to others, and knows nobody else."""
    return BareMessages(lambda each: each == DEVICE, lambda each: each == HUB, count(7))


def tell(machine: BareMessages, event: Any) -> list[Any]:
    return list(machine.handle(event, START))


def test_message_goes_into_the_tunnel_as_it_is(bare: BareMessages) -> None:
    sent = tell(bare, SendThroughTunnel(DEVICE, b"message"))

    assert sent == [TunnelDataRequest(7, DEVICE, b"message")]
    assert tell(bare, TunnelDataConfirm(7, DEVICE)) == []


def test_message_that_did_not_arrive_is_told_of_once(bare: BareMessages) -> None:
    tell(bare, SendThroughTunnel(DEVICE, b"message"))
    why = Undeliverable.NOT_DELIVERED

    effects = tell(bare, TunnelDataConfirm(7, DEVICE, why))

    assert effects == [
        MessageLost(DEVICE, 7, why.value),
        TunnelUndeliverable(DEVICE, b"message", why),
    ]
    assert tell(bare, TunnelDataConfirm(7, DEVICE, why)) == []


def test_message_for_a_partner_that_fetches_its_own_is_sent_once_more(bare: BareMessages) -> None:
    tell(bare, SendThroughTunnel(DEVICE, b"message"))

    effects = tell(bare, TunnelDataConfirm(7, DEVICE, Undeliverable.FETCHES))

    assert effects == [SendThroughTunnel(DEVICE, b"message")]


def test_octets_from_a_tunnel_are_a_message(bare: BareMessages) -> None:
    assert tell(bare, TunnelDataIndication(DEVICE, b"message")) == [
        TunnelledMessage(DEVICE, b"message")
    ]


def test_what_others_carry_is_left_to_them(bare: BareMessages) -> None:
    assert tell(bare, SendThroughTunnel(HUB, b"message")) == []
    assert tell(bare, TunnelDataIndication(HUB, b"message")) == []
    assert bare.wake(START) == ()


def test_message_for_nobody_in_the_log_is_undeliverable(bare: BareMessages) -> None:
    *_, told = tell(bare, SendThroughTunnel(STRANGER, b"message"))

    assert told == TunnelUndeliverable(STRANGER, b"message", Undeliverable.NOT_LOGGED)
