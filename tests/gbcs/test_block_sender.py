from collections.abc import Sequence

import pytest

from emulator.gbcs.block_sender import (
    ACTIONS,
    BeginTransfer,
    BlockArrived,
    BlockSender,
    SendBlock,
    SenderEffect,
    SenderState,
    TransferAbandoned,
    TransferDelivered,
)
from emulator.gbcs.block_transfer import Block, BlockTransferSettings
from emulator.kernel.errors import LocalError
from emulator.kernel.units import START, Instant, later, seconds

SETTINGS = BlockTransferSettings(
    block_size=2, maximum_blocks=8, window=3, answer_wait=seconds(10), attempts=2
)
MESSAGE = b"ABCDEFGHI"
"""Five blocks: a window of three, and one of two."""


def acknowledgement(number: int) -> BlockArrived:
    return BlockArrived(Block(1, b"", last=True, window=3, acknowledged=number))


def numbers(effects: Sequence[SenderEffect]) -> list[tuple[int, bool]]:
    return [
        (each.block.number, each.block.streaming) for each in effects if isinstance(each, SendBlock)
    ]


def begun() -> BlockSender:
    sender = BlockSender(MESSAGE, SETTINGS)
    sender.handle(BeginTransfer(), START)
    return sender


def test_first_window_streams_up_to_its_last_block() -> None:
    sender = BlockSender(MESSAGE, SETTINGS)

    effects = sender.handle(BeginTransfer(), START)

    assert numbers(effects) == [(1, True), (2, True), (3, False)]
    assert sender.deadline == later(START, seconds(10))
    assert sender.state is SenderState.WAITING


def test_next_window_follows_the_acknowledgement() -> None:
    assert numbers(begun().handle(acknowledgement(3), START)) == [(4, True), (5, False)]


def test_lost_block_is_sent_again_with_those_after_it() -> None:
    effects = begun().handle(acknowledgement(1), START)

    assert numbers(effects) == [(2, True), (3, True), (4, False)]


def test_message_is_delivered_when_its_last_block_is_acknowledged() -> None:
    sender = begun()

    effects = sender.handle(acknowledgement(5), START)

    assert effects == (TransferDelivered(),)
    assert (sender.state, sender.deadline) == (SenderState.DELIVERED, None)


@pytest.mark.parametrize("number", [6, 0xFFFF])
def test_acknowledgement_of_blocks_never_sent_counts_for_nothing(number: int) -> None:
    sender = begun()

    assert sender.handle(acknowledgement(number), START) == ()
    assert sender.state is SenderState.WAITING


def test_acknowledgement_of_the_past_counts_for_nothing() -> None:
    sender = begun()
    sender.handle(acknowledgement(3), START)

    assert sender.handle(acknowledgement(2), START) == ()


def test_silence_repeats_the_window_and_then_gives_up() -> None:
    sender = begun()
    now = later(START, seconds(10))

    again = sender.wake(now)
    end = sender.wake(later(now, seconds(10)))

    assert numbers(again) == [(1, True), (2, True), (3, False)]
    assert end == (TransferAbandoned(0),)
    assert (sender.state, sender.deadline) == (SenderState.ABANDONED, None)


def test_nothing_happens_before_the_deadline() -> None:
    assert begun().wake(Instant(1)) == ()
    assert BlockSender(MESSAGE, SETTINGS).wake(START) == ()


def test_acknowledgements_that_never_advance_do_not_keep_it_sending() -> None:
    sender = begun()

    sent = [len(sender.handle(acknowledgement(0), START)) for _ in range(5)]

    assert sent == [3, 0, 0, 0, 0]


@pytest.mark.parametrize("state", SenderState)
@pytest.mark.parametrize("event", [BeginTransfer, BlockArrived])
def test_every_pair_is_in_the_table_but_beginning_twice(
    state: SenderState, event: type[BeginTransfer | BlockArrived]
) -> None:
    legal = event is BlockArrived or state is SenderState.IDLE

    assert ((state, event) in ACTIONS) is legal


def test_beginning_twice_is_the_callers_error_and_changes_nothing() -> None:
    sender = begun()

    with pytest.raises(LocalError):
        sender.handle(BeginTransfer(), later(START, seconds(5)))

    assert sender.deadline == later(START, seconds(10))


def test_acknowledgement_before_the_beginning_or_after_the_end_is_ignored() -> None:
    fresh, done = BlockSender(MESSAGE, SETTINGS), begun()
    done.handle(acknowledgement(5), START)

    assert fresh.handle(acknowledgement(5), START) == ()
    assert done.handle(acknowledgement(0), START) == ()
