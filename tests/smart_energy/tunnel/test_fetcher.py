from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import Instant, later
from emulator.smart_energy.tunnel.facts import FetchGivenUp, MessageLost, TunnelMessageDropped
from emulator.smart_energy.tunnel.fetcher import MessageFetcher
from emulator.smart_energy.tunnel.hrgp import GET, get_response, put
from emulator.smart_energy.tunnel.primitives import (
    FetchMessages,
    SendThroughTunnel,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.testing.stack.tunnel_bench import HUB

SETTINGS = TunnelSettings(fetch_tries=2)


class Bench:
    def __init__(self) -> None:
        self.now = Instant(0)
        self.fetcher = MessageFetcher(SETTINGS, count(1))

    def tell(self, event: Any) -> list[Any]:
        return list(self.fetcher.handle(event, self.now))

    def hears(self, octets: bytes) -> list[Any]:
        return self.tell(TunnelDataIndication(HUB, octets))

    def time_out(self) -> list[Any]:
        assert self.fetcher.deadline is not None
        self.now = self.fetcher.deadline
        return list(self.fetcher.wake(self.now))


def test_messages_are_fetched_until_none_is_left() -> None:
    bench = Bench()
    assert bench.tell(FetchMessages(HUB)) == [TunnelDataRequest(1, HUB, GET)]

    first = bench.hears(get_response(1, b"one"))
    second = bench.hears(get_response(0, b"two"))

    assert first == [TunnelledMessage(HUB, b"one"), TunnelDataRequest(2, HUB, GET)]
    assert second == [TunnelledMessage(HUB, b"two")]
    assert not bench.fetcher.fetching


def test_hub_with_nothing_ends_the_fetching() -> None:
    bench = Bench()
    bench.tell(FetchMessages(HUB))

    assert bench.hears(get_response(0, b"")) == []
    assert bench.fetcher.deadline is None


def test_one_get_is_under_way_at_a_time() -> None:
    bench = Bench()
    bench.tell(FetchMessages(HUB))

    assert bench.tell(FetchMessages(HUB)) == []


def test_get_without_an_answer_is_repeated_and_then_given_up() -> None:
    bench = Bench()
    bench.tell(FetchMessages(HUB))
    assert bench.fetcher.deadline == later(bench.now, SETTINGS.fetch_wait)

    assert bench.time_out() == [TunnelDataRequest(2, HUB, GET)]
    assert bench.time_out() == [FetchGivenUp(HUB, 2)]
    assert not bench.fetcher.fetching
    assert bench.tell(FetchMessages(HUB)) == [TunnelDataRequest(3, HUB, GET)]


def test_answer_restores_the_tries_of_the_next_get() -> None:
    bench = Bench()
    bench.tell(FetchMessages(HUB))
    bench.time_out()

    bench.hears(get_response(3, b"one"))

    assert bench.time_out() == [TunnelDataRequest(4, HUB, GET)]


def test_late_answer_is_still_a_message() -> None:
    bench = Bench()

    assert bench.hears(get_response(0, b"late")) == [TunnelledMessage(HUB, b"late")]


@pytest.mark.parametrize("octets", [b"", b"\x02", GET, put(b"message"), b"\x07any"])
def test_octets_that_are_not_for_a_meter_are_dropped(octets: bytes) -> None:
    (dropped,) = Bench().hears(octets)

    assert isinstance(dropped, TunnelMessageDropped)
    assert dropped.size == len(octets)


def test_message_for_the_hub_is_put_and_told_of_where_it_does_not_arrive() -> None:
    bench = Bench()
    why = Undeliverable.NO_TUNNEL

    sent = bench.tell(SendThroughTunnel(HUB, b"response"))
    lost = bench.tell(TunnelDataConfirm(1, HUB, why))

    assert sent == [TunnelDataRequest(1, HUB, put(b"response"))]
    assert lost == [
        MessageLost(HUB, 8, why.value),
        TunnelUndeliverable(HUB, b"response", why),
    ]
    assert bench.tell(TunnelDataConfirm(1, HUB, why)) == []


def test_nothing_is_said_of_what_arrived() -> None:
    bench = Bench()
    bench.tell(SendThroughTunnel(HUB, b"response"))

    assert bench.tell(TunnelDataConfirm(1, HUB)) == []
    assert list(bench.fetcher.wake(bench.now)) == []
