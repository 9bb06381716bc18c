import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.identity import Eui64
from emulator.zigbee.nwk.tables.key_store import LAST_COUNTER, KeyStore

KEY = bytes(range(16))
OTHER_KEY = bytes(range(16, 32))
SENDER = Eui64(0x00DB1234567890A2)


def store(key: bytes = KEY, sequence: int = 0) -> KeyStore:
    made = KeyStore()
    made.install(key, sequence, activate=True)
    return made


def counters(keys: KeyStore, count: int) -> list[int]:
    taken = [keys.next_counter() for _ in range(count)]
    return [counter for _, counter in filter(None, taken)]


def test_counter_of_a_new_key_starts_at_zero() -> None:
    assert counters(store(), 3) == [0, 1, 2]


def test_without_a_key_there_is_no_counter() -> None:
    assert KeyStore().next_counter() is None


def test_counter_never_reaches_the_last_value() -> None:
    keys = store()
    key = keys.active
    assert key is not None
    key.outgoing = LAST_COUNTER - 1

    assert counters(keys, 2) == [LAST_COUNTER - 1]


def test_installing_the_same_key_again_goes_on_counting() -> None:
    keys = store()
    counters(keys, 3)

    keys.install(KEY, 0, activate=True)

    assert counters(keys, 1) == [3]


def test_same_octets_under_another_sequence_go_on_counting() -> None:
    keys = store()
    counters(keys, 3)

    keys.install(KEY, 4, activate=False)

    assert keys.by_sequence(0) is None
    assert counters(keys, 1) == [3]


def test_counter_goes_on_when_the_device_left_and_gets_the_same_key_again() -> None:
    keys, after = store(), KeyStore()
    counters(keys, 3)
    keys.clear()
    keys.clear()

    after.restore(json.loads(json.dumps(keys.snapshot())), margin=0)
    after.install(KEY, 0, activate=True)

    assert counters(after, 1) == [3]


def test_key_that_is_not_activated_is_only_for_receiving() -> None:
    keys = store()

    keys.install(OTHER_KEY, 1, activate=False)

    active = keys.active
    assert active is not None
    assert active.key == KEY
    assert keys.by_sequence(1) is not None


@pytest.mark.parametrize(("ours", "theirs"), [(0, 1), (0, 127), (255, 0), (200, 71)])
def test_frame_under_a_newer_key_has_us_use_that_key(ours: int, theirs: int) -> None:
    keys = store(sequence=ours)
    keys.install(OTHER_KEY, theirs, activate=False)
    newer = keys.by_sequence(theirs)
    assert newer is not None

    assert keys.follow(newer)

    assert keys.active is newer


@pytest.mark.parametrize(("ours", "theirs"), [(0, 0), (1, 0), (0, 128), (0, 255)])
def test_frame_under_an_older_key_does_not(ours: int, theirs: int) -> None:
    keys = store(sequence=theirs)
    keys.install(OTHER_KEY, ours, activate=True)
    older = keys.by_sequence(theirs)
    assert older is not None

    assert not keys.follow(older)

    assert keys.active is keys.by_sequence(ours)


def test_key_that_we_do_not_hold_is_not_activated() -> None:
    keys = store()

    assert not keys.activate(1)

    assert keys.active is keys.by_sequence(0)


def test_third_key_displaces_the_one_that_is_neither_new_nor_in_use() -> None:
    keys = store()
    keys.install(OTHER_KEY, 1, activate=True)

    keys.install(bytes(16), 2, activate=False)

    assert [each.sequence for each in keys] == [1, 2]


def test_stale_counter_is_refused_and_counted() -> None:
    keys = store()
    key = keys.active
    assert key is not None
    keys.accept(key, SENDER, 7)

    assert keys.fresh(key, SENDER, 8)
    assert not keys.fresh(key, SENDER, 7)
    assert not keys.fresh(key, SENDER, LAST_COUNTER)
    assert keys.replays == 2


def test_counters_of_two_senders_are_apart() -> None:
    keys = store()
    key = keys.active
    assert key is not None
    keys.accept(key, SENDER, 7)

    assert keys.fresh(key, Eui64(SENDER + 1), 0)


class CountersNeverRepeat(RuleBasedStateMachine):
    """Across restarts no outgoing counter is used twice, and no incoming one is taken twice."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = store()
        self.saved = json.dumps(self.keys.snapshot())
        self.since_saved = 0
        self.sent: list[int] = []
        self.taken: dict[int, int] = {}

    @rule(count=st.integers(1, 9))
    def send(self, count: int) -> None:
        if self.since_saved + count > 16:
            self.save()
        self.since_saved += count
        self.sent += counters(self.keys, count)

    @rule()
    def save(self) -> None:
        self.saved = json.dumps(self.keys.snapshot())
        self.since_saved = 0

    @rule()
    def crash(self) -> None:
        self.keys = KeyStore()
        self.keys.restore(json.loads(self.saved), margin=16)
        self.save()
        key = self.keys.active
        assert key is not None
        self.taken = {sender: count - 1 for sender, count in key.incoming.items()}

    @rule(sender=st.integers(1, 2), counter=st.integers(0, 9))
    def receive(self, sender: int, counter: int) -> None:
        key = self.keys.active
        assert key is not None
        fresh = self.keys.fresh(key, Eui64(sender), counter)
        assert fresh is (counter > self.taken.get(sender, -1))
        if fresh:
            self.keys.accept(key, Eui64(sender), counter)
            self.taken[sender] = counter

    @invariant()
    def no_counter_twice(self) -> None:
        assert len(set(self.sent)) == len(self.sent)
        assert self.sent == sorted(self.sent)


CountersNeverRepeat.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestCounters = CountersNeverRepeat.TestCase


def test_cleared_store_knows_nothing() -> None:
    keys = store()

    keys.clear()

    assert keys.active is None
    assert keys.snapshot() == {"active": None, "spent": 0, "keys": []}
