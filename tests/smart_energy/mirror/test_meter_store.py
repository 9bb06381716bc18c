"""What a hub keeps for a meter; and against a naive model, in any order."""

from collections import deque
from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.kernel.units import Duration, Instant, hours, later
from emulator.smart_energy.mirror.meter_store import MeterStore
from emulator.smart_energy.mirror.primitives import FunctionalFlag, MirrorChanged, NotifyMeter
from emulator.smart_energy.tunnel.facts import MessageQueued, TunnelMessageDropped
from emulator.smart_energy.tunnel.hrgp import GET, get_response, put
from emulator.smart_energy.tunnel.primitives import (
    SendThroughTunnel,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
    UnlogPartner,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.testing.stack.tunnel_bench import DEVICE, STRANGER

SETTINGS = TunnelSettings(queue_depth=3)
PENDING = FunctionalFlag.TUNNEL_MESSAGE_PENDING


class Bench:
    """A store for one meter, which has a mirror."""

    def __init__(self) -> None:
        self.now = Instant(0)
        self.store = MeterStore(lambda each: each == DEVICE, SETTINGS, count(1))
        self.tell(MirrorChanged(DEVICE, 2))

    def tell(self, event: Any) -> list[Any]:
        return list(self.store.handle(event, self.now))

    def keep(self, octets: bytes) -> list[Any]:
        return self.tell(SendThroughTunnel(DEVICE, octets))

    def get(self) -> TunnelDataRequest:
        (sent,) = self.tell(TunnelDataIndication(DEVICE, GET))
        assert isinstance(sent, TunnelDataRequest)
        return sent

    def ended(self, sent: TunnelDataRequest, failure: Undeliverable | None = None) -> list[Any]:
        return self.tell(TunnelDataConfirm(sent.handle, DEVICE, failure))


def test_message_waits_and_is_announced_on_the_mirror() -> None:
    bench = Bench()

    effects = bench.keep(b"command")

    assert effects == [MessageQueued(DEVICE, 7, 1), NotifyMeter(DEVICE, PENDING, pending=True)]
    assert bench.store.waiting(DEVICE) == 1


def test_meter_gets_one_message_after_the_other_and_the_flag_goes_with_the_last() -> None:
    bench = Bench()
    bench.keep(b"one")
    bench.keep(b"two")

    first = bench.get()
    after_first = bench.ended(first)
    second = bench.get()
    after_second = bench.ended(second)

    assert [first.octets, second.octets] == [get_response(1, b"one"), get_response(0, b"two")]
    assert after_first == []
    assert after_second == [NotifyMeter(DEVICE, PENDING, pending=False)]
    assert bench.get().octets == get_response(0, b"")


def test_message_whose_delivery_failed_is_answered_again() -> None:
    bench = Bench()
    bench.keep(b"one")
    bench.keep(b"two")

    failed = bench.get()
    bench.ended(failed, Undeliverable.NOT_DELIVERED)

    assert failed.octets == bench.get().octets == get_response(1, b"one")


def test_meter_that_asks_while_its_answer_is_under_way_gets_no_second() -> None:
    bench = Bench()
    bench.keep(b"one")
    bench.keep(b"two")
    first = bench.get()

    assert bench.tell(TunnelDataIndication(DEVICE, GET)) == []
    bench.ended(first)

    assert bench.get().octets == get_response(0, b"two")


def test_message_too_long_for_the_meter_is_given_up() -> None:
    bench = Bench()
    bench.keep(bytes(1600))

    effects = bench.ended(bench.get(), Undeliverable.TOO_LONG)

    assert TunnelUndeliverable(DEVICE, bytes(1600), Undeliverable.TOO_LONG) in effects
    assert effects[-1] == NotifyMeter(DEVICE, PENDING, pending=False)


def test_without_a_mirror_nothing_can_wait() -> None:
    bench = Bench()
    bench.keep(b"one")

    lost = bench.tell(MirrorChanged(DEVICE, None))
    refused = bench.keep(b"two")

    assert lost[1:] == [
        TunnelUndeliverable(DEVICE, b"one", Undeliverable.NO_MIRROR),
        NotifyMeter(DEVICE, PENDING, pending=False),
    ]
    assert refused[-1] == TunnelUndeliverable(DEVICE, b"two", Undeliverable.NO_MIRROR)
    assert bench.tell(MirrorChanged(DEVICE, None)) == []


def test_one_message_too_many_is_undeliverable() -> None:
    bench = Bench()
    for number in range(3):
        bench.keep(bytes([number]))

    refused = bench.keep(b"four")

    assert refused[-1] == TunnelUndeliverable(DEVICE, b"four", Undeliverable.QUEUE_FULL)
    assert bench.store.waiting(DEVICE) == 3


def test_message_that_is_not_fetched_in_a_day_expires() -> None:
    bench = Bench()
    bench.keep(b"one")
    bench.now = later(bench.now, hours(1))
    bench.keep(b"two")
    assert bench.store.deadline == Instant(hours(24))

    first = list(bench.store.wake(Instant(hours(24))))
    second = list(bench.store.wake(Instant(hours(25))))

    assert first[1:] == [TunnelUndeliverable(DEVICE, b"one", Undeliverable.EXPIRED)]
    assert second[1:] == [
        TunnelUndeliverable(DEVICE, b"two", Undeliverable.EXPIRED),
        NotifyMeter(DEVICE, PENDING, pending=False),
    ]
    assert bench.store.deadline is None


def test_removed_meter_loses_what_waits_for_it() -> None:
    bench = Bench()
    bench.keep(b"one")
    bench.get()
    bench.keep(b"two")

    lost = [
        each.octets
        for each in bench.tell(UnlogPartner(DEVICE))
        if isinstance(each, TunnelUndeliverable)
    ]

    assert lost == [b"one", b"two"]
    assert bench.store.waiting(DEVICE) == 0


def test_what_a_meter_puts_is_a_message() -> None:
    assert Bench().tell(TunnelDataIndication(DEVICE, put(b"response"))) == [
        TunnelledMessage(DEVICE, b"response")
    ]


@pytest.mark.parametrize(
    "octets", [b"", b"\x02", b"\x01rest", b"\x03", get_response(0, b"message"), b"\x09any"]
)
def test_octets_that_are_not_for_a_hub_are_dropped(octets: bytes) -> None:
    (dropped,) = Bench().tell(TunnelDataIndication(DEVICE, octets))

    assert isinstance(dropped, TunnelMessageDropped)


def test_partners_that_listen_are_left_to_others() -> None:
    bench = Bench()

    assert bench.tell(SendThroughTunnel(STRANGER, b"message")) == []
    assert bench.tell(TunnelDataIndication(STRANGER, GET)) == []
    assert bench.tell(TunnelDataConfirm(1, STRANGER)) == []


def test_messages_survive_a_power_cycle_also_the_one_under_way() -> None:
    bench, after = Bench(), Bench()
    bench.keep(b"one")
    bench.keep(b"two")
    bench.get()

    after.store.restore(bench.store.snapshot())

    assert after.get().octets == get_response(1, b"one")
    assert after.store.waiting(DEVICE) == 2


class AnyOrder(RuleBasedStateMachine):
    """A deque is the model: head goes out, comes back on failure, leaves on success."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()
        self.model: deque[tuple[int, Instant]] = deque()
        self.sent: TunnelDataRequest | None = None
        self.numbers = count(1)
        self.flag = False

    def note(self, effects: list[Any]) -> None:
        for effect in effects:
            if isinstance(effect, NotifyMeter):
                self.flag = effect.pending

    @rule()
    def keep(self) -> None:
        number = next(self.numbers)
        effects = self.bench.keep(number.to_bytes(4))
        if len(self.model) < SETTINGS.queue_depth:
            self.model.append((number, later(self.bench.now, SETTINGS.queue_life)))
        else:
            assert isinstance(effects[-1], TunnelUndeliverable)
        self.note(effects)

    @property
    def under_way(self) -> bool:
        """Whether an answer with a message waits for its end."""
        return self.sent is not None and len(self.sent.octets) > 2

    @rule()
    def get(self) -> None:
        if self.under_way:
            assert self.bench.tell(TunnelDataIndication(DEVICE, GET)) == []
            return
        self.sent = self.bench.get()
        expected = get_response(0, b"")
        if self.model:
            expected = get_response(len(self.model) - 1, self.model[0][0].to_bytes(4))
        assert self.sent.octets == expected

    @precondition(lambda self: self.sent is not None)
    @rule(failed=st.booleans())
    def end(self, failed: bool) -> None:
        assert self.sent is not None
        carried = self.under_way
        sent, self.sent = self.sent, None
        self.note(self.bench.ended(sent, Undeliverable.NOT_DELIVERED if failed else None))
        if carried and not failed:
            self.model.popleft()

    @rule(time=st.sampled_from([hours(1), hours(12)]))
    def wait(self, time: Duration) -> None:
        self.bench.now = later(self.bench.now, time)
        self.note(list(self.bench.store.wake(self.bench.now)))
        head = 1 if self.under_way else 0
        kept = [
            each
            for place, each in enumerate(self.model)
            if place < head or each[1] > self.bench.now
        ]
        self.model = deque(kept)

    @invariant()
    def as_many_wait_as_the_model_says(self) -> None:
        assert self.bench.store.waiting(DEVICE) == len(self.model)

    @invariant()
    def flag_says_whether_something_waits(self) -> None:
        assert self.flag is bool(self.model)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30)
