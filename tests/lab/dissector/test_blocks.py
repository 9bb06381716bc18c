from hypothesis import given
from hypothesis import strategies as st

from emulator.lab.dissector.blocks import Block, Blocks
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.frames import Fragmentation, FragmentHeader, fragment_header

KEY = (NwkAddress(0x1A2B), NwkAddress(0x0000), 3)


def test_the_last_block_gives_the_whole_message() -> None:
    blocks = Blocks()

    first = blocks.take(KEY, fragment_header(0, 2), b"one ")
    second = blocks.take(KEY, fragment_header(1, 2), b"two")

    assert first == Block(1, 2, b"one ", None)
    assert second == Block(2, 2, b"one ", b"one two")
    assert second.text == "block 2 of 2"


def test_a_block_without_the_first_one_belongs_to_a_message_of_unknown_length() -> None:
    block = Blocks().take(KEY, fragment_header(1, 2), b"two")

    assert block == Block(2, None, None, None)
    assert block.text == "block 2 of ?"


def test_another_first_block_begins_another_message() -> None:
    blocks = Blocks()
    blocks.take(KEY, fragment_header(0, 2), b"one ")
    blocks.take(KEY, fragment_header(1, 2), b"two")

    block = blocks.take(KEY, fragment_header(0, 2), b"another ")

    assert block == Block(1, 2, b"another ", None)


def test_a_first_block_that_counts_no_blocks_completes_nothing_but_itself() -> None:
    header = FragmentHeader(Fragmentation.FIRST, 0, 0)

    block = Blocks().take(KEY, header, b"")

    assert block.whole == b""


def test_the_oldest_messages_are_forgotten() -> None:
    blocks = Blocks()
    blocks.take(KEY, fragment_header(0, 2), b"one ")
    for counter in range(4, 104):
        blocks.take((KEY[0], KEY[1], counter), fragment_header(0, 2), b"")

    block = blocks.take(KEY, fragment_header(1, 2), b"two")

    assert block.whole is None


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[bytes], list[int]]:
    """The blocks of a message, and the order in which they are heard, each twice."""
    parts = draw(st.lists(st.binary(min_size=1), min_size=1, max_size=8))
    return parts, draw(st.permutations([*range(len(parts)), *range(len(parts))]))


@given(deliveries())
def test_blocks_in_any_order_with_repeats_give_the_message(
    delivery: tuple[list[bytes], list[int]],
) -> None:
    parts, order = delivery
    blocks = Blocks()

    seen = [blocks.take(KEY, fragment_header(n, len(parts)), parts[n]).whole for n in order]

    assert b"".join(parts) in seen
    assert set(seen) <= {None, b"".join(parts)}
