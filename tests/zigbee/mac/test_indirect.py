from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant
from emulator.radio.port import RadioPending
from emulator.zigbee.mac.frames import FrameType, MacFrame
from emulator.zigbee.mac.indirect import Device, IndirectQueue, ShortName, Transaction

PERSISTENCE = Duration(7_680_000)
CHILD = ShortName(0x1234)
JOINER = Eui64(0x1234)


def frame(sequence: int) -> MacFrame:
    return MacFrame(FrameType.DATA, sequence=sequence)


def test_device_gets_its_frames_in_order_and_is_told_of_more() -> None:
    queue = IndirectQueue(4, PERSISTENCE)
    first = queue.keep(CHILD, frame(1), 1, Instant(0))
    queue.keep(CHILD, frame(2), 2, Instant(0))

    assert queue.take(CHILD) == (first, True)


def test_short_address_and_eui64_of_the_same_number_are_two_devices() -> None:
    queue = IndirectQueue(4, PERSISTENCE)
    kept = queue.keep(JOINER, frame(1), None, Instant(0))

    assert queue.take(CHILD) is None
    assert queue.take(JOINER) == (kept, False)
    assert queue.pending() == RadioPending(frozenset(), frozenset((JOINER,)))


def test_nothing_is_sent_twice_at_once() -> None:
    queue = IndirectQueue(4, PERSISTENCE)
    queue.keep(CHILD, frame(1), 1, Instant(0))
    queue.take(CHILD)

    assert queue.take(CHILD) is None


def test_full_queue_keeps_nothing_more() -> None:
    queue = IndirectQueue(1, PERSISTENCE)
    queue.keep(CHILD, frame(1), 1, Instant(0))

    assert queue.keep(CHILD, frame(2), 2, Instant(0)) is None


def test_frame_is_given_up_after_the_persistence_time_unless_in_flight() -> None:
    queue = IndirectQueue(4, PERSISTENCE)
    kept = queue.keep(CHILD, frame(1), 1, Instant(10))
    assert kept is not None
    queue.take(CHILD)
    while_in_flight = queue.deadline, queue.expire(Instant(10 + PERSISTENCE))
    kept.in_flight = False
    too_early = queue.deadline, queue.expire(Instant(9 + PERSISTENCE))

    assert while_in_flight == (None, ())
    assert too_early == (10 + PERSISTENCE, ())
    assert queue.expire(Instant(10 + PERSISTENCE)) == (kept,)
    assert list(queue) == []


def test_purge_forgets_what_is_not_in_flight() -> None:
    queue = IndirectQueue(4, PERSISTENCE)
    queue.keep(CHILD, frame(1), 1, Instant(0))
    queue.keep(CHILD, frame(2), 2, Instant(0))
    queue.take(CHILD)

    assert not queue.purge(1)
    assert queue.purge(2)
    assert not queue.purge(2)


class IndirectQueueModel(RuleBasedStateMachine):
    """The queue against a plain list of what must still be there."""

    CAPACITY = 3

    def __init__(self) -> None:
        super().__init__()
        self.queue = IndirectQueue(self.CAPACITY, PERSISTENCE)
        self.now = Instant(0)
        self.handles = 0
        self.model: list[Transaction] = []
        self.flying: list[Transaction] = []

    @rule(device=st.sampled_from((CHILD, JOINER, ShortName(1))))
    def keep(self, device: Device) -> None:
        self.handles += 1
        kept = self.queue.keep(device, frame(0), self.handles, self.now)
        assert (kept is None) == (len(self.model) >= self.CAPACITY)
        if kept is not None:
            self.model.append(kept)

    @rule(device=st.sampled_from((CHILD, JOINER, ShortName(1))))
    def take(self, device: Device) -> None:
        mine = [each for each in self.model if each.device == device]
        busy = any(each.device == device for each in self.flying)
        taken = self.queue.take(device)
        if not mine or busy:
            assert taken is None
        else:
            assert taken == (mine[0], len(mine) > 1)
            self.flying.append(mine[0])

    @precondition(lambda self: self.flying)
    @rule(acknowledged=st.booleans())
    def land(self, acknowledged: bool) -> None:
        transaction = self.flying.pop(0)
        transaction.in_flight = False
        if acknowledged:
            assert self.queue.forget(transaction)
            self.model.remove(transaction)

    @rule(handle=st.integers(1, 10))
    def purge(self, handle: int) -> None:
        gone = [each for each in self.model if each.handle == handle and each not in self.flying]
        assert self.queue.purge(handle) == bool(gone)
        self.model = [each for each in self.model if each not in gone]

    @rule(later=st.integers(1, PERSISTENCE))
    def pass_time(self, later: int) -> None:
        self.now = Instant(self.now + later)
        due = [each for each in self.model if each.expires <= self.now and each not in self.flying]
        assert list(self.queue.expire(self.now)) == due
        self.model = [each for each in self.model if each not in due]

    @rule()
    def clear(self) -> None:
        self.queue.clear()
        self.model = []
        self.flying = []

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        assert list(self.queue) == self.model
        shorts = {each.device.address for each in self.model if isinstance(each.device, ShortName)}
        assert self.queue.pending().short_addresses == shorts
        grounded = [each.expires for each in self.model if each not in self.flying]
        assert self.queue.deadline == min(grounded, default=None)


TestIndirectQueueModel = IndirectQueueModel.TestCase
TestIndirectQueueModel.settings = settings(max_examples=40, stateful_step_count=30)
