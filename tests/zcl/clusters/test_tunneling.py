import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zcl.clusters.tunneling import (
    TUNNELING,
    CloseTunnel,
    GetSupportedTunnelProtocols,
    OctetsLeft,
    RequestTunnel,
    RequestTunnelResponse,
    SupportedProtocol,
    SupportedTunnelProtocols,
    TransferData,
    TransferDataError,
    TunnelStatus,
)

STRUCTS = (
    RequestTunnel,
    RequestTunnelResponse,
    CloseTunnel,
    TransferData,
    TransferDataError,
    OctetsLeft,
    GetSupportedTunnelProtocols,
    SupportedProtocol,
    SupportedTunnelProtocols,
)


def test_request_for_a_tunnel_of_gb_remote_messages() -> None:
    request = RequestTunnel(6, 0xFFFF, flow_control=False, maximum_incoming=1500)

    assert request.encode() == bytes.fromhex("06 FFFF 00 DC05")


def test_response_names_the_tunnel_first() -> None:
    response = RequestTunnelResponse.decode(bytes.fromhex("0200 01 DC05"))

    assert (response.tunnel, response.status) == (2, TunnelStatus.BUSY)


def test_every_command_has_a_payload() -> None:
    for side in (TUNNELING.server, TUNNELING.client):
        assert all(each.payload is not None for each in side.receives)


@pytest.mark.parametrize("payload", STRUCTS)
@given(data=st.data())
def test_payload_survives_the_wire(payload: type[Struct], data: st.DataObject) -> None:
    value = data.draw(structs(payload))

    assert payload.decode(value.encode()) == value


@pytest.mark.parametrize("payload", STRUCTS)
@given(octets=any_octets(100))
def test_any_octets_are_a_payload_or_a_wire_error(payload: type[Struct], octets: bytes) -> None:
    try:
        value = payload.decode(octets)
    except WireError:
        return

    assert payload.decode(value.encode()) == value
