"""APS headers: octets from recorded networks, round trips, total decode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zigbee.addresses import ClusterId, Endpoint, ProfileId
from emulator.zigbee.aps.frames import (
    AcknowledgedBlocks,
    ApsHeader,
    DeliveryMode,
    Fragmentation,
    FragmentHeader,
    FrameType,
    acknowledgement_of,
    fragment_header,
)


def unicast(fragment: FragmentHeader | None = None) -> ApsHeader:
    return ApsHeader(
        FrameType.DATA,
        DeliveryMode.UNICAST,
        ack_format=False,
        security=False,
        ack_request=True,
        extended=fragment is not None,
        destination_endpoint=Endpoint(1),
        cluster=ClusterId(0x0006),
        profile=ProfileId(0x0104),
        source_endpoint=Endpoint(3),
        counter=0x5A,
        fragment=fragment,
    )


@pytest.mark.parametrize(
    ("octets", "header"),
    [
        # control, endpoint, cluster, profile, endpoint, counter
        ("40 01 0600 0401 03 5a", unicast()),
        # the same, then extended frame control and number of blocks
        ("c0 01 0600 0401 03 5a 01 08", unicast(FragmentHeader(Fragmentation.FIRST, 0, 8))),
        ("c0 01 0600 0401 03 5a 02 03", unicast(FragmentHeader(Fragmentation.OTHER, 0, 3))),
        ("c0 01 0600 0401 03 5a 00", unicast(FragmentHeader(Fragmentation.NONE))),
    ],
)
def test_a_data_header_is_these_octets(octets: str, header: ApsHeader) -> None:
    wanted = bytes.fromhex(octets)

    assert header.encode() == wanted
    assert ApsHeader.decode(wanted) == header


def test_a_broadcast_announcement_header_is_these_octets() -> None:
    header, after = ApsHeader.take(bytes.fromhex("08 00 1300 0000 00 00 426b4f"))

    assert (header.delivery_mode, header.cluster, after) == (DeliveryMode.BROADCAST, 0x0013, 8)


def test_a_group_address_stands_in_the_place_of_the_endpoint() -> None:
    # control, group, cluster, profile, endpoint, counter
    header = ApsHeader.decode(bytes.fromhex("0c 3412 0600 0401 03 5a"))

    assert (header.group, header.destination_endpoint) == (0x1234, None)


def test_the_acknowledgement_of_data_swaps_the_endpoints() -> None:
    reply = acknowledgement_of(unicast(), secured=False)

    # control, endpoint, cluster, profile, endpoint, counter
    assert reply.encode() == bytes.fromhex("02 03 0600 0401 01 5a")


def test_the_acknowledgement_of_a_command_has_no_addresses() -> None:
    command = ApsHeader(
        FrameType.COMMAND,
        DeliveryMode.UNICAST,
        ack_format=False,
        security=True,
        ack_request=True,
        extended=False,
        counter=0x5A,
    )

    assert acknowledgement_of(command, secured=False).encode() == bytes.fromhex("12 5a")


@pytest.mark.parametrize(
    ("block", "octets"),
    [(0, "82 03 0600 0401 01 5a 01 00 ff"), (3, "82 03 0600 0401 01 5a 02 03 ff")],
)
def test_the_acknowledgement_of_a_block_names_it(block: int, octets: str) -> None:
    reply = acknowledgement_of(unicast(fragment_header(block, 8)), secured=False)

    assert reply.encode() == bytes.fromhex(octets)
    assert reply.acknowledged is not None
    assert reply.acknowledged.block == block


@given(st.one_of(structs(ApsHeader), structs(FragmentHeader), structs(AcknowledgedBlocks)))
def test_every_header_survives_the_way_to_octets_and_back(
    value: ApsHeader | FragmentHeader | AcknowledgedBlocks,
) -> None:
    assert type(value).decode(value.encode()) == value


@given(any_octets())
def test_any_octets_are_a_header_or_a_wire_error(octets: bytes) -> None:
    try:
        header, after = ApsHeader.take(octets)
    except WireError:
        return
    assert header.encode() == octets[:after]
