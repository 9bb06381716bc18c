from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.block_assembly import assemble, take_blocks
from emulator.gbcs.block_transfer import (
    Block,
    BlockTransferSettings,
    Route,
    RoutedBlock,
    route_of,
    split,
)
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import UsageError, WireError
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.gbcs_vectors import RESET_METER_BALANCE

SETTINGS = BlockTransferSettings(block_size=40)
ROUTE = route_of(Message.decode(RESET_METER_BALANCE))
OTHER = Route(Cra.ALERT, 9, Eui64(1), Eui64(2), 0x6B)
BLOCKS = tuple(
    RoutedBlock(ROUTE, SETTINGS.security_header, block)
    for block in split(RESET_METER_BALANCE, SETTINGS)
)
ACKNOWLEDGEMENT = RoutedBlock(OTHER, SETTINGS.security_header, Block(1, b"", last=True))


@given(st.permutations(BLOCKS), st.sampled_from(BLOCKS))
def test_blocks_in_any_order_and_number_are_the_message(
    blocks: list[RoutedBlock], again: RoutedBlock
) -> None:
    octets = b"".join(each.encode() for each in (*blocks, again, ACKNOWLEDGEMENT))

    assembly = assemble(take_blocks(octets))

    assert assembly.octets == RESET_METER_BALANCE
    assert assembly.blocks == BLOCKS
    assert (assembly.missing, assembly.last) == ((), len(BLOCKS))


def test_missing_blocks_are_told() -> None:
    assembly = assemble((BLOCKS[3], BLOCKS[1]))

    assert assembly.octets is None
    assert (assembly.missing, assembly.last) == ((1, 3), None)


def test_an_acknowledgement_alone_is_no_piece() -> None:
    assembly = assemble((ACKNOWLEDGEMENT,))

    assert (assembly.blocks, assembly.missing, assembly.octets) == ((), (), None)


def changed(block: RoutedBlock, **changes: object) -> RoutedBlock:
    return replace(block, block=replace(block.block, **changes))  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ((BLOCKS[0], replace(BLOCKS[1], route=OTHER)), "blocks of several messages: 0.* and 006B"),
        ((BLOCKS[0], changed(BLOCKS[0], data=b"x")), "block 1 is there twice"),
        ((BLOCKS[-1], changed(BLOCKS[0], last=True)), "block 1 is the last, and there is"),
    ],
)
def test_blocks_that_contradict_each_other_are_refused(
    blocks: tuple[RoutedBlock, ...], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        assemble(blocks)


@pytest.mark.parametrize("rest", ["00", "DD", "DD00000000", "DD09" + "00" * 60])
def test_what_is_no_block_is_refused_at_its_place(rest: str) -> None:
    first = BLOCKS[0].encode()

    with pytest.raises(WireError) as refused:
        take_blocks(first + bytes.fromhex(rest))

    assert refused.value.offset >= len(first)


@given(st.binary(max_size=120))
def test_any_octets_give_blocks_or_a_typed_error(octets: bytes) -> None:
    try:
        blocks = take_blocks(octets)
    except WireError:
        return

    assert b"".join(each.encode() for each in blocks) == octets
