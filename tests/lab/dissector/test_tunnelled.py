"""What the chart says of messages in the tunnel."""

import pytest

from emulator.lab.dissector.tunnelled import read_message, read_transfer
from emulator.lab.dissector.zcl import read_zcl
from emulator.testing.scenes.gbcs_scene import gbcs_scene
from emulator.testing.stack.dissector_scene import knowledge
from emulator.zigbee.addresses import ClusterId

TUNNELING = ClusterId(0x0704)
TO_SERVER = bytes.fromhex("11 07 02")  # cluster command, to the server; sequence; Transfer Data
TO_CLIENT = bytes.fromhex("19 07 01")  # cluster command, to the client; sequence; Transfer Data
TUNNEL = bytes.fromhex("0500")


def command() -> bytes:
    """A message as a meter would get it."""
    return gbcs_scene().command.encode()


@pytest.mark.parametrize("header", [TO_SERVER, TO_CLIENT])
def test_a_message_in_the_tunnel_is_told_by_its_use_case(header: bytes) -> None:
    part = read_zcl(TUNNELING, header + TUNNEL + command(), knowledge())

    assert part.layer == "gbcs"
    assert part.label.startswith("Command of ")
    assert "tunnel: 5" in part.detail
    assert any(line.strip().startswith("originator counter") for line in part.detail)


@pytest.mark.parametrize(
    ("data", "label"),
    [
        ("01", "GET, Tunneling"),
        ("02 00", "GET-RESPONSE, no message, Tunneling"),
        ("02", "GET-RESPONSE, no message, Tunneling"),
        ("", "Transfer Data, nothing"),
        ("E0 81 00 01", "Block of a message"),
    ],
)
def test_the_gas_meters_hop_and_blocks_are_named(data: str, label: str) -> None:
    assert read_transfer(TUNNEL + bytes.fromhex(data), knowledge()).label == label


def test_get_response_tells_how_many_wait_and_what_it_brings() -> None:
    part = read_transfer(TUNNEL + bytes.fromhex("02 03") + command(), knowledge())

    assert part.layer == "gbcs"
    assert "GET-RESPONSE, 3 more waiting" in part.detail


def test_put_brings_a_message() -> None:
    part = read_transfer(TUNNEL + b"\x03" + command(), knowledge())

    assert part.layer == "gbcs"
    assert "PUT" in part.detail


def test_what_is_no_message_is_shown_with_the_octet_at_which_it_stops_to_be_one() -> None:
    part = read_message(command()[:20], knowledge())

    assert part.label == "undecodable message"
    assert part.layer == "gbcs"
