"""ZDP commands: round trips, total decode, refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.zdo import discovery_frames, management_frames
from emulator.zigbee.zdo.commands import REQUESTS, RESPONSES
from emulator.zigbee.zdo.discovery_frames import (
    AddressRequestType,
    AssociatedDevices,
    IeeeAddrRsp,
    NwkAddrRsp,
    SimpleDescRsp,
)
from emulator.zigbee.zdo.frames import (
    ZdpCluster,
    ZdpStatus,
    decode_response,
    request_cluster,
    response_cluster,
)

FORMATS: tuple[type[Struct], ...] = (
    *discovery_frames.REQUESTS,
    *discovery_frames.RESPONSES,
    *management_frames.REQUESTS,
    *management_frames.RESPONSES,
)


@given(st.sampled_from(FORMATS).flatmap(structs))
def test_every_command_survives_the_way_to_octets_and_back(command: Struct) -> None:
    assert type(command).decode(command.encode()) == command


@given(st.sampled_from(FORMATS), any_octets(60))
def test_any_octets_are_a_command_or_a_wire_error(kind: type[Struct], octets: bytes) -> None:
    try:
        command = kind.decode(octets)
    except WireError:
        return
    assert command.encode() == octets


def test_every_cluster_has_its_request_and_but_for_announcements_its_response() -> None:
    assert set(REQUESTS) == set(ZdpCluster)
    assert set(ZdpCluster) - set(RESPONSES) == {ZdpCluster.DEVICE_ANNCE}
    assert response_cluster(ZdpCluster.NODE_DESC) == 0x8002
    assert request_cluster(discovery_frames.ActiveEpReq(COORDINATOR)) == 0x0005


def test_a_refusal_may_carry_its_status_only() -> None:
    assert decode_response(SimpleDescRsp, b"\x84") is ZdpStatus.NOT_SUPPORTED


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\x00\x01\x02\x03"])
def test_a_success_must_be_whole(payload: bytes) -> None:
    with pytest.raises(WireError):
        decode_response(SimpleDescRsp, payload)


@pytest.mark.parametrize("kind", [NwkAddrRsp, IeeeAddrRsp])
def test_an_extended_address_response_lists_children(
    kind: type[NwkAddrRsp] | type[IeeeAddrRsp],
) -> None:
    # status, EUI-64, address, count, start index, addresses
    octets = bytes.fromhex("00 a090785634 12db00 1c3f 02 00 d288 0100")

    decoded = kind.decode(octets)

    assert decoded.associated[0].addresses == (0x88D2, 0x0001)
    assert decoded.associated == (AssociatedDevices(2, 0, decoded.associated[0].addresses),)
    assert AddressRequestType.EXTENDED.known
