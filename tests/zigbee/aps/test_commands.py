"""APS commands: octets by field, round trips, total decode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.commands import (
    COMMANDS,
    Command,
    ConfirmKey,
    RemoveDevice,
    RequestKey,
    RequestKeyType,
    SwitchKey,
    TransportKey,
    Tunnel,
    UpdateDevice,
    VerifyKey,
    decode_command,
    encode_command,
)
from emulator.zigbee.aps.primitives import TransportKeyType, UpdateDeviceStatus

KEY = bytes.fromhex("550000fffdfe00fa07fc09f233ea04f9")
DEVICE = Eui64(0x1122334455667788)
SOURCE = Eui64(0x0102030405060708)
D = "8877665544332211"
S = "0807060504030201"


@pytest.mark.parametrize(
    ("octets", "command"),
    [
        # identifier, key type, key, sequence, destination, source
        (
            f"05 01 {KEY.hex()} 55 {D} {S}",
            TransportKey(TransportKeyType.STANDARD_NETWORK_KEY, KEY, 0x55, DEVICE, SOURCE),
        ),
        # identifier, key type, key, partner, initiator
        (
            f"05 03 {KEY.hex()} {D} 01",
            TransportKey(TransportKeyType.APPLICATION_LINK_KEY, KEY, partner=DEVICE, initiator=1),
        ),
        # identifier, key type, key, destination, source
        (
            f"05 04 {KEY.hex()} {D} {S}",
            TransportKey(
                TransportKeyType.TRUST_CENTRE_LINK_KEY, KEY, destination=DEVICE, source=SOURCE
            ),
        ),
        # identifier, device, short address, status
        (
            f"06 {D} 1c3f 01",
            UpdateDevice(DEVICE, NwkAddress(0x3F1C), UpdateDeviceStatus.STANDARD_UNSECURED_JOIN),
        ),
        (f"07 {D}", RemoveDevice(DEVICE)),
        (f"08 02 {D}", RequestKey(RequestKeyType.APPLICATION_LINK_KEY, DEVICE)),
        ("08 04", RequestKey(RequestKeyType.TRUST_CENTRE_LINK_KEY)),
        ("09 07", SwitchKey(7)),
        # identifier, destination, frame
        (f"0e {D} 2105aabb", Tunnel(DEVICE, bytes.fromhex("2105aabb"))),
        # identifier, key type, source, hash
        (
            f"0f 04 {S} {KEY.hex()}",
            VerifyKey(TransportKeyType.TRUST_CENTRE_LINK_KEY, SOURCE, KEY),
        ),
        # identifier, status, key type, destination
        (f"10 00 04 {D}", ConfirmKey(0, TransportKeyType.TRUST_CENTRE_LINK_KEY, DEVICE)),
    ],
)
def test_a_command_is_these_octets(octets: str, command: Command) -> None:
    wanted = bytes.fromhex(octets)

    assert encode_command(command) == wanted
    assert decode_command(wanted) == command


@pytest.mark.parametrize(
    ("octets", "reason"),
    [("", "0 left"), ("04", "no command"), (f"07 {D}00", "left over"), ("09", "sequence")],
)
def test_what_is_no_command_says_why(octets: str, reason: str) -> None:
    with pytest.raises(WireError, match=reason):
        decode_command(bytes.fromhex(octets))


@given(st.sampled_from(sorted(COMMANDS)).flatmap(lambda code: structs(COMMANDS[code])))
def test_every_command_survives_the_way_to_octets_and_back(command: Command) -> None:
    assert decode_command(encode_command(command)) == command


@given(any_octets())
def test_any_octets_are_a_command_or_a_wire_error(octets: bytes) -> None:
    try:
        command = decode_command(octets)
    except WireError:
        return
    assert encode_command(command) == octets
