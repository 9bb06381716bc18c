"""Fragments in, messages out: a complete table, and any order against a naive model."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.units import START, later
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, ProfileId
from emulator.zigbee.aps.frames import (
    ApsHeader,
    DeliveryMode,
    Fragmentation,
    FragmentHeader,
    FrameType,
    fragment_header,
)
from emulator.zigbee.aps.primitives import ApsSecurity
from emulator.zigbee.aps.reassembly import (
    ACTIONS,
    BlockAction,
    BlockPlace,
    BlockResult,
    Reassembler,
    ReassemblyState,
)
from emulator.zigbee.aps.settings import ApsSettings

SOURCE = NwkAddress(0x3F1C)
SETTINGS = ApsSettings()


def header(fragment: FragmentHeader, counter: int = 7) -> ApsHeader:
    return ApsHeader(
        FrameType.DATA,
        DeliveryMode.UNICAST,
        ack_format=False,
        security=False,
        ack_request=True,
        extended=True,
        destination_endpoint=Endpoint(1),
        cluster=ClusterId(0x0704),
        profile=ProfileId(0x0109),
        source_endpoint=Endpoint(1),
        counter=counter,
        fragment=fragment,
    )


def give(
    reassembler: Reassembler,
    block: int,
    blocks: int = 3,
    counter: int = 7,
    security: ApsSecurity = ApsSecurity.NWK_KEY,
) -> BlockResult:
    octets = bytes((block,)) * 2
    part = header(fragment_header(block, blocks), counter)
    return reassembler.accept(SOURCE, part, octets, security, START)


def test_every_pair_is_in_the_table_or_impossible() -> None:
    impossible = {
        (ReassemblyState.UNKNOWN, BlockPlace.NEXT),
        (ReassemblyState.UNKNOWN, BlockPlace.REPEATED),
        (ReassemblyState.RECEIVING, BlockPlace.FIRST),
        (ReassemblyState.COMPLETE, BlockPlace.FIRST),
        (ReassemblyState.COMPLETE, BlockPlace.NEXT),
    }

    assert set(ACTIONS) | impossible == {(s, p) for s in ReassemblyState for p in BlockPlace}
    assert not set(ACTIONS) & impossible
    assert set(ACTIONS.values()) == set(BlockAction)


def test_a_reception_without_further_blocks_is_abandoned_and_said() -> None:
    reassembler = Reassembler(SETTINGS)
    give(reassembler, 0)
    due = reassembler.deadline
    assert due == later(START, SETTINGS.reassembly_timeout)

    [fact] = reassembler.wake(due)

    assert (fact.source, fact.counter, fact.received, fact.blocks) == (SOURCE, 7, 1, 3)
    assert give(reassembler, 1).action is BlockAction.REFUSE


def test_a_complete_reception_is_remembered_and_then_forgotten_quietly() -> None:
    reassembler = Reassembler(SETTINGS)
    for block in range(3):
        give(reassembler, block)

    assert give(reassembler, 2).action is BlockAction.REPEAT
    assert reassembler.wake(later(START, SETTINGS.duplicate_timeout)) == []
    assert reassembler.deadline is None


@pytest.mark.parametrize(
    "fragment",
    [
        FragmentHeader(Fragmentation.FIRST, 0, 0),
        FragmentHeader(Fragmentation.OTHER, 0, 0),
        FragmentHeader(Fragmentation.OTHER, 0, 1),
    ],
)
def test_what_begins_no_message_is_refused(fragment: FragmentHeader) -> None:
    reassembler = Reassembler(SETTINGS)

    result = reassembler.accept(SOURCE, header(fragment), b"x", ApsSecurity.NWK_KEY, START)

    assert result == BlockResult(BlockAction.REFUSE)
    assert reassembler.deadline is None


@pytest.mark.parametrize(
    ("block", "blocks", "security"),
    [(1, 3, ApsSecurity.LINK_KEY), (0, 4, ApsSecurity.NWK_KEY)],
)
def test_a_block_of_another_message_is_refused(
    block: int, blocks: int, security: ApsSecurity
) -> None:
    reassembler = Reassembler(SETTINGS)
    give(reassembler, 0)

    assert give(reassembler, block, blocks, security=security).action is BlockAction.REFUSE


def test_no_more_receptions_than_set_are_open_at_once() -> None:
    reassembler = Reassembler(ApsSettings(max_reassemblies=2))

    actions = [give(reassembler, 0, counter=counter).action for counter in range(3)]

    assert actions == [BlockAction.OPEN, BlockAction.OPEN, BlockAction.REFUSE]


def test_receptions_that_are_complete_leave_room_for_others() -> None:
    reassembler = Reassembler(ApsSettings(max_reassemblies=1))

    for counter in range(3):
        assert give(reassembler, 0, blocks=2, counter=counter).action is BlockAction.OPEN
        assert give(reassembler, 1, blocks=2, counter=counter).asdu is not None


class Reassembling(RuleBasedStateMachine):
    """The model knows the set of blocks that came in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.reassembler = Reassembler(SETTINGS)
        self.came: dict[int, int] = {}
        self.delivered: list[int] = []

    @rule(block=st.integers(0, 3), counter=st.integers(0, 1))
    def block(self, block: int, counter: int) -> None:
        due = self.came.get(counter, 0)

        result = give(self.reassembler, block, 4, counter)

        assert (result.action is BlockAction.REFUSE) == (block > due)
        assert (result.action is BlockAction.REPEAT) == (block < due)
        if block == due:
            self.came[counter] = due + 1
        if result.asdu is not None:
            assert result.asdu == bytes.fromhex("0000010102020303")
            self.delivered.append(counter)

    @invariant()
    def each_message_is_delivered_once_and_whole(self) -> None:
        assert sorted(self.delivered) == sorted(c for c, due in self.came.items() if due == 4)


TestReassembling = Reassembling.TestCase
TestReassembling.settings = settings(max_examples=40, stateful_step_count=30)
