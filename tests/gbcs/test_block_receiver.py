import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.gbcs.block_receiver import (
    BlockReceiver,
    BlockRefused,
    MessageReceived,
    ReceiverState,
    ReceptionAbandoned,
)
from emulator.gbcs.block_sender import (
    BeginTransfer,
    BlockArrived,
    BlockSender,
    SendBlock,
    SenderState,
)
from emulator.gbcs.block_transfer import Block, BlockTransferSettings, split
from emulator.kernel.units import START, Instant, later, seconds
from emulator.testing.judges.reference_data import reference_messages

SETTINGS = BlockTransferSettings(
    block_size=2, maximum_blocks=8, window=3, answer_wait=seconds(10), attempts=2
)
MESSAGE = b"ABCDEFGHI"


def block(
    number: int, data: bytes = b"XY", *, last: bool = False, streaming: bool = False
) -> Block:
    return Block(number, data, last, streaming, 3)


def test_message_is_received_and_acknowledged_with_its_last_block() -> None:
    receiver = BlockReceiver(SETTINGS)
    receiver.handle(BlockArrived(block(1, b"AB", streaming=True)), START)

    acknowledgement, received = receiver.handle(BlockArrived(block(2, b"C", last=True)), START)

    assert acknowledgement == SendBlock(Block(1, b"", last=True, window=3, acknowledged=2))
    assert received == MessageReceived(b"ABC")
    assert (receiver.state, receiver.deadline) == (ReceiverState.COMPLETE, None)


def test_streaming_blocks_wait_for_the_end_of_their_window() -> None:
    receiver = BlockReceiver(SETTINGS)

    assert receiver.handle(BlockArrived(block(1, streaming=True)), START) == ()
    (acknowledgement,) = receiver.handle(BlockArrived(block(2)), START)
    assert isinstance(acknowledgement, SendBlock)
    assert acknowledgement.block.acknowledged == 2


def test_gap_is_told_by_the_block_before_it() -> None:
    receiver = BlockReceiver(SETTINGS)
    receiver.handle(BlockArrived(block(1, streaming=True)), START)

    (acknowledgement,) = receiver.handle(BlockArrived(block(3)), START)

    assert isinstance(acknowledgement, SendBlock)
    assert acknowledgement.block.acknowledged == receiver.received == 1


def test_silence_asks_again_and_then_gives_up() -> None:
    receiver = BlockReceiver(SETTINGS)
    receiver.handle(BlockArrived(block(1, streaming=True)), START)

    effects = [receiver.wake(later(START, seconds(10 * count))) for count in (1, 2, 3)]

    assert [type(each) for (each,) in effects] == [SendBlock, SendBlock, ReceptionAbandoned]
    assert receiver.handle(BlockArrived(block(2)), later(START, seconds(31))) == ()


def test_nothing_is_due_before_a_block_came() -> None:
    receiver = BlockReceiver(SETTINGS)

    assert receiver.deadline is None
    assert receiver.wake(START) == ()


def test_late_repetitions_of_a_complete_message_are_acknowledged_again() -> None:
    receiver = BlockReceiver(SETTINGS)
    receiver.handle(BlockArrived(block(1, last=True)), START)

    (again,) = receiver.handle(BlockArrived(block(1, last=True)), START)

    assert isinstance(again, SendBlock)
    assert again.block.acknowledged == 1


@pytest.mark.parametrize(
    "stranger",
    [
        block(0),
        block(9),
        block(3, b""),
        block(3, b"XYZ"),
        block(1, last=True),  # a later block came before
    ],
)
def test_block_that_cannot_belong_is_refused_and_changes_nothing(stranger: Block) -> None:
    receiver = BlockReceiver(SETTINGS)
    receiver.handle(BlockArrived(block(2, streaming=True)), START)

    (refusal,) = receiver.handle(BlockArrived(stranger), later(START, seconds(1)))

    assert isinstance(refusal, BlockRefused)
    assert refusal.number == stranger.number
    assert (receiver.received, receiver.deadline) == (0, later(START, seconds(10)))


@pytest.mark.parametrize("stranger", [block(3, last=True), block(2), block(1, last=True)])
def test_block_that_contradicts_the_last_one_is_refused(stranger: Block) -> None:
    receiver = BlockReceiver(SETTINGS)
    receiver.handle(BlockArrived(block(2, last=True)), START)

    (refusal,) = receiver.handle(BlockArrived(stranger), START)

    assert isinstance(refusal, BlockRefused)


def test_every_long_reference_message_arrives_without_every_fifth_block() -> None:
    plain = BlockTransferSettings(block_size=200)
    for each in reference_messages():
        if len(each.octets) > 1200:
            assert carried(each.octets, plain, lose_every=5) == each.octets


def carried(octets: bytes, settings: BlockTransferSettings, lose_every: int) -> bytes | None:
    """What arrives over a link that loses blocks, counted over both directions."""
    sender, receiver = BlockSender(octets, settings), BlockReceiver(settings)
    air = [
        each.block for each in sender.handle(BeginTransfer(), START) if isinstance(each, SendBlock)
    ]
    now, count = START, 0
    while sender.state is SenderState.WAITING:
        if not air:
            assert sender.deadline is not None
            now = sender.deadline
            air = [each.block for each in sender.wake(now) if isinstance(each, SendBlock)]
            continue
        count += 1
        travelling = air.pop(0)
        if count % lose_every:
            for effect in receiver.handle(BlockArrived(travelling), now):
                if isinstance(effect, MessageReceived):
                    return effect.octets
                if isinstance(effect, SendBlock):
                    answers = sender.handle(BlockArrived(effect.block), now)
                    air.extend(one.block for one in answers if isinstance(one, SendBlock))
    return None


class LossyLink(RuleBasedStateMachine):
    """Sender and receiver over a link that loses, repeats and reorders what it carries.

    The model is the message itself: it arrives whole, once, or not at all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now: Instant = START
        self.sender = BlockSender(MESSAGE, SETTINGS)
        self.receiver = BlockReceiver(SETTINGS)
        self.forth: list[Block] = []
        self.back: list[Block] = []
        self.received: list[bytes] = []
        self.forth.extend(
            each.block
            for each in self.sender.handle(BeginTransfer(), self.now)
            if isinstance(each, SendBlock)
        )

    @precondition(lambda self: self.forth)
    @rule(data=st.data(), lost=st.booleans(), kept=st.booleans())
    def block_arrives(self, data: st.DataObject, lost: bool, kept: bool) -> None:
        place = data.draw(st.integers(0, len(self.forth) - 1))
        arriving = self.forth[place] if kept else self.forth.pop(place)
        if not lost:
            self.take(self.receiver.handle(BlockArrived(arriving), self.now))

    @precondition(lambda self: self.back)
    @rule(data=st.data(), lost=st.booleans(), kept=st.booleans())
    def acknowledgement_arrives(self, data: st.DataObject, lost: bool, kept: bool) -> None:
        place = data.draw(st.integers(0, len(self.back) - 1))
        arriving = self.back[place] if kept else self.back.pop(place)
        if not lost:
            effects = self.sender.handle(BlockArrived(arriving), self.now)
            self.forth.extend(each.block for each in effects if isinstance(each, SendBlock))

    @rule()
    def time_passes(self) -> None:
        self.now = later(self.now, seconds(10))
        effects = self.sender.wake(self.now)
        self.forth.extend(each.block for each in effects if isinstance(each, SendBlock))
        self.take(self.receiver.wake(self.now))

    def take(self, effects: object) -> None:
        assert isinstance(effects, tuple)
        for each in effects:
            assert not isinstance(each, BlockRefused)
            if isinstance(each, SendBlock):
                self.back.append(each.block)
            if isinstance(each, MessageReceived):
                self.received.append(each.octets)

    @invariant()
    def message_arrives_whole_and_once_or_not_at_all(self) -> None:
        assert self.received in ([], [MESSAGE])
        complete = self.receiver.state is ReceiverState.COMPLETE
        assert complete is bool(self.received)

    @invariant()
    def sender_knows_nothing_that_did_not_happen(self) -> None:
        if self.sender.state is SenderState.DELIVERED:
            assert self.received == [MESSAGE]

    @invariant()
    def only_whoever_is_done_waits_for_nothing(self) -> None:
        assert (self.sender.deadline is None) is (self.sender.state is not SenderState.WAITING)


LossyLink.TestCase.settings = settings(max_examples=30, stateful_step_count=30)
TestLossyLink = LossyLink.TestCase


def test_split_and_received_are_the_same_for_any_order() -> None:
    receiver = BlockReceiver(SETTINGS)

    effects = [
        receiver.handle(BlockArrived(each), START) for each in reversed(split(MESSAGE, SETTINGS))
    ]

    assert effects[-1][-1] == MessageReceived(MESSAGE)
