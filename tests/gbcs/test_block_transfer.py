import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.block_transfer import (
    Block,
    BlockTransferSettings,
    Route,
    RoutedBlock,
    route_of,
    split,
)
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.settings import unverified
from emulator.testing.judges.reference_data import reference_messages

SETTINGS = BlockTransferSettings()
ROUTE = Route(Cra.COMMAND, 0x3E9, Eui64(0x90B3D51F30010000), Eui64(0x00DB1234567890A0), 0x0102)
ROUTED = bytes.fromhex(
    "DD"
    "09 01 00000000000003E9"  # transaction: command, counter
    "08 90B3D51F30010000"  # originator
    "08 00DB1234567890A0"  # recipient
    "00"  # no date-time
    "02 0102"  # message code
    "00"  # no key
    "0E"  # length
    "11 00000000"  # security header
    "E0 C6"  # block: last, streaming, window 6
    "0003 0002"  # number, acknowledged
    "02 AABB"  # data
)
BLOCK = Block(3, bytes.fromhex("AABB"), last=True, streaming=True, window=6, acknowledged=2)
BLOCKS = st.builds(
    Block,
    st.integers(0, 0xFFFF),
    st.binary(max_size=300),
    st.booleans(),
    st.booleans(),
    st.integers(0, 63),
    st.integers(0, 0xFFFF),
)
EUI64S = st.integers(0, 2**64 - 1).map(Eui64)
ROUTES = st.builds(
    Route,
    st.sampled_from(Cra),
    st.integers(0, 2**64 - 1),
    EUI64S,
    EUI64S,
    st.integers(0, 0xFFFF),
)


def came_back(octets: bytes) -> bool:
    """Whether octets are a routed block that encodes to them, or refused at a place inside."""
    try:
        return RoutedBlock.decode(octets).encode() == octets
    except WireError as refused:
        return 0 <= refused.offset <= len(octets)


def test_block_travels_behind_its_routing_header() -> None:
    routed = RoutedBlock.decode(ROUTED)

    assert routed == RoutedBlock(ROUTE, SETTINGS.security_header, BLOCK)
    assert routed.encode() == ROUTED


@given(st.builds(RoutedBlock, ROUTES, st.binary(min_size=5, max_size=5), BLOCKS))
def test_routed_block_comes_back(routed: RoutedBlock) -> None:
    assert RoutedBlock.decode(routed.encode()) == routed


@given(st.binary(max_size=80), st.integers(0, len(ROUTED)))
def test_any_octets_give_a_block_or_a_wire_error(octets: bytes, kept: int) -> None:
    assert came_back(octets)
    assert came_back(ROUTED[:kept] + octets)


@pytest.mark.parametrize(
    ("octets", "path"),
    [
        (ROUTED[:32], "RoutedBlock"),
        (b"\xdf" + ROUTED[1:], "RoutedBlock.route"),
        (ROUTED[:2] + b"\x04" + ROUTED[3:], "RoutedBlock.route"),
        (ROUTED + b"\x00", "RoutedBlock.length"),
        (ROUTED[:34] + b"\x02\x11\x00", "RoutedBlock.length"),
        (ROUTED[:40] + b"\xe1" + ROUTED[41:], "Block.tag"),
        (ROUTED[:46] + b"\x01" + ROUTED[47:], "Block.data"),
    ],
)
def test_refusal_names_the_field(octets: bytes, path: str) -> None:
    with pytest.raises(WireError) as refused:
        RoutedBlock.decode(octets)

    assert refused.value.path == path


def test_blocks_are_numbered_from_one_and_the_last_says_so() -> None:
    blocks = split(bytes(1149 * 2 + 1), SETTINGS)

    assert [(each.number, len(each.data), each.last) for each in blocks] == [
        (1, 1149, False),
        (2, 1149, False),
        (3, 1, True),
    ]


def test_every_long_reference_message_fits_blocks_that_make_it_again() -> None:
    long_ones = [each for each in reference_messages() if len(each.octets) > 1200]

    for each in long_ones:
        route = route_of(Message.decode(each.octets))
        routed = [
            RoutedBlock(route, SETTINGS.security_header, block).encode()
            for block in split(each.octets, SETTINGS)
        ]
        assert all(len(octets) <= 1200 for octets in routed)
        blocks = [RoutedBlock.decode(octets).block for octets in routed]
        assert b"".join(block.data for block in blocks) == each.octets
    assert len(long_ones) >= 37


@pytest.mark.parametrize("count", [0, 63 * 1149 + 1])
def test_message_that_does_not_fit_its_blocks_is_the_callers_error(count: int) -> None:
    with pytest.raises(LocalError):
        split(bytes(count), SETTINGS)


@pytest.mark.parametrize("block", [Block(0x10000, b""), Block(1, b"", window=64)])
def test_numbers_that_do_not_fit_are_the_callers_error(block: Block) -> None:
    with pytest.raises(LocalError):
        block.encode()
    with pytest.raises(LocalError):
        RoutedBlock(ROUTE, b"", Block(1, b"")).encode()


def test_what_no_source_proves_says_so() -> None:
    assert tuple(unverified(SETTINGS)) == ("security_header", "answer_wait", "attempts")
