import pytest

from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.nwk import SUFFIXES, Hop, read_nwk
from emulator.lab.dissector.part import Part
from emulator.testing.stack.dissector_scene import (
    HUB,
    METER,
    ROUTER,
    aps_header,
    knowledge,
    nwk_header,
    sealed_aps,
    sealed_nwk,
)
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.primitives import AssociationStatus
from emulator.zigbee.nwk.commands import (
    COMMANDS,
    EndDeviceTimeoutResponse,
    KnownCommand,
    Leave,
    NetworkStatus,
    RejoinResponse,
    TimeoutStatus,
    encode_command,
)
from emulator.zigbee.nwk.primitives import NetworkStatusCode

HOP = Hop(METER.address, HUB.address)
LINK_STATUS = bytes.fromhex("08 60")  # first and last frame, no entries
ACK = bytes.fromhex("02 01 0207 0901 01 03")  # APS acknowledgement, Metering, Smart Energy


def read(octets: bytes, hop: Hop = HOP, known: Knowledge | None = None) -> Part:
    """What is said of a NWK frame."""
    return read_nwk(octets, hop, known or knowledge())


def command(what: KnownCommand) -> Part:
    """What is said of a NWK command."""
    return read(sealed_nwk(nwk_header(command=True), encode_command(what)))


def test_a_command_under_the_network_key_is_opened() -> None:
    part = read(sealed_nwk(nwk_header(command=True), LINK_STATUS))

    assert (part.layer, part.label, part.security) == ("nwk", "Link Status", ("NWK key",))
    assert "  opened with: test key: network key 0" in part.detail


def test_a_command_without_nwk_security_has_none() -> None:
    part = read(nwk_header(command=True, secured=False).encode() + LINK_STATUS)

    assert (part.label, part.security) == ("Link Status", ())


def test_data_says_what_aps_says_under_both_keys() -> None:
    inside = sealed_aps(aps_header(secured=True), bytes.fromhex("00 01 00 0000"))

    part = read(sealed_nwk(nwk_header(), inside))

    assert part.label == "Read Attributes, Metering"
    assert part.security == ("NWK key", "link key")
    assert [line for line in part.detail if not line.startswith(" ")] == [
        "NWK data",
        "NWK security",
        "APS data",
        "APS security",
        "ZCL Metering",
        "Read Attributes",
    ]


def test_a_frame_under_an_unknown_key_stays_closed() -> None:
    part = read(sealed_nwk(nwk_header(), ACK, key=b"\xaa" * 16))

    assert (part.label, part.security) == ("encrypted NWK data", ("NWK key",))


def test_a_frame_that_another_device_passes_on_is_relayed() -> None:
    relayed = sealed_nwk(nwk_header(), ACK, hop=ROUTER)

    part = read(relayed, Hop(ROUTER.address, HUB.address))

    assert part.label == "APS Ack (relayed)"
    assert "  source: 0x1A2B (gsme)" in part.detail


def test_a_frame_without_a_short_source_is_not_relayed() -> None:
    part = read(sealed_nwk(nwk_header(), ACK), Hop(None, HUB.address))

    assert part.label == "APS Ack"


def test_the_security_header_tells_who_has_the_address_of_the_hop() -> None:
    known = knowledge()

    read(sealed_nwk(nwk_header(), ACK), Hop(NwkAddress(0x2222), HUB.address), known)

    assert known.names.eui64_of(NwkAddress(0x2222)) == METER.eui64


def test_a_rejoin_response_tells_the_new_address() -> None:
    known = knowledge()
    header = bytes.fromhex(
        "0918 2b1a 0000 1e 09"  # command with both EUI-64s; gsme, hub, radius, sequence number
        "a190785634 12db00 a290785634 12db00"  # destination and source EUI-64
    )

    part = read(header + bytes.fromhex("07 2222 00"), Hop(HUB.address, METER.address), known)

    assert part.label == "Rejoin Response (0x2222)"
    assert known.names.eui64_of(NwkAddress(0x2222)) == METER.eui64


@pytest.mark.parametrize(
    ("what", "label"),
    [
        (Leave(), "Leave"),
        (Leave(request=True, rejoin=True), "Leave (request) (rejoin)"),
        (
            RejoinResponse(NwkAddress(0xFFFF), AssociationStatus.PAN_AT_CAPACITY),
            "Rejoin Response (PAN at capacity)",
        ),
        (
            NetworkStatus(NetworkStatusCode.NO_ROUTE_AVAILABLE, METER.address),
            "Network Status (no route available)",
        ),
        (
            EndDeviceTimeoutResponse(
                TimeoutStatus.SUCCESS, keep_alive_by_poll=True, keep_alive_by_request=False
            ),
            "End Device Timeout Response (success)",
        ),
    ],
)
def test_commands_tell_what_they_are_about(what: KnownCommand, label: str) -> None:
    assert command(what).label == label


@pytest.mark.parametrize(
    ("payload", "label"),
    [
        ("", "undecodable NWK command"),
        ("07 22", "undecodable Rejoin Response"),
        ("77 aabb", "NWK command 0x77"),
    ],
    ids=["empty", "short", "unknown"],
)
def test_commands_that_are_none_show_their_octets(payload: str, label: str) -> None:
    octets = nwk_header(command=True, secured=False).encode() + bytes.fromhex(payload)

    assert read(octets).label == label


def test_headers_that_are_cut_off_are_undecodable() -> None:
    assert read(b"\x08").label == "undecodable NWK header"
    assert read(nwk_header().encode()).label == "undecodable NWK security header"


def test_a_frame_between_networks_shows_its_octets() -> None:
    part = read(bytes.fromhex("0b00 aabb"))

    assert (part.label, part.detail[-1]) == ("Inter-PAN frame", "  payload: 0b 00 aa bb")


@pytest.mark.parametrize("heard_before", [True, False])
def test_a_frame_that_tells_no_sender_and_does_not_verify_stays_closed(
    *, heard_before: bool
) -> None:
    known = knowledge()
    if not heard_before:
        known.names.learn(METER.eui64, NwkAddress(0x3333))
    octets = nwk_header().encode() + bytes.fromhex(
        "08 05000000 00"  # network key without EUI-64; frame counter, key sequence number
        "aabb ccddeeff"  # payload and MIC
    )

    assert read(octets, known=known).label == "encrypted NWK data"


def test_every_suffix_belongs_to_a_command() -> None:
    assert set(SUFFIXES) <= set(COMMANDS.values())
