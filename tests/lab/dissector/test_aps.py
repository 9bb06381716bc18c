import pytest

from emulator.lab.dissector.aps import KEY_TYPES, SUFFIXES, read_aps
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.link_security import Route
from emulator.lab.dissector.part import Part
from emulator.testing.stack.dissector_scene import (
    HUB,
    INSTALL_KEY,
    METER,
    NETWORK_KEY,
    ROUTER,
    aps_header,
    knowledge,
    sealed_aps,
)
from emulator.zigbee.addresses import ZDO_PROFILE, NwkAddress
from emulator.zigbee.aps.commands import (
    COMMANDS,
    Command,
    RemoveDevice,
    SwitchKey,
    TransportKey,
    Tunnel,
    UpdateDevice,
    encode_command,
)
from emulator.zigbee.aps.frames import FrameType, fragment_header
from emulator.zigbee.aps.primitives import TransportKeyType, UpdateDeviceStatus
from emulator.zigbee.security.frames import KeyIdentifier

UP = Route(METER.address, HUB.address, METER.eui64, HUB.eui64)
DOWN = Route(HUB.address, METER.address, HUB.eui64, METER.eui64)
READ_SUMMATION = bytes.fromhex("00 01 00 0000")
NETWORK_KEY_FOR_METER = TransportKey(
    TransportKeyType.STANDARD_NETWORK_KEY, NETWORK_KEY, 0, METER.eui64, HUB.eui64
)


def command(what: Command, known: Knowledge | None = None) -> Part:
    """What is said of an APS command without APS security."""
    frame = aps_header(FrameType.COMMAND).encode() + encode_command(what)
    return read_aps(frame, DOWN, known or knowledge())


def test_data_under_the_link_key_is_opened() -> None:
    frame = sealed_aps(aps_header(secured=True), READ_SUMMATION)

    part = read_aps(frame, UP, knowledge())

    assert part.label == "Read Attributes, Metering"
    assert part.security == ("link key",)
    assert "  opened with: test key: gsme agreed (CBKE)" in part.detail


def test_data_without_aps_security_has_none() -> None:
    part = read_aps(aps_header().encode() + READ_SUMMATION, UP, knowledge())

    assert (part.layer, part.security) == ("zcl", ())


def test_data_that_stays_closed_says_so() -> None:
    frame = sealed_aps(aps_header(secured=True), READ_SUMMATION, key=b"\xaa" * 16)

    part = read_aps(frame, UP, knowledge())

    assert (part.layer, part.label) == ("aps", "encrypted APS frame")
    assert part.detail[0] == "APS data"


def test_an_acknowledgement_is_one_line_and_its_header() -> None:
    part = read_aps(aps_header(FrameType.ACKNOWLEDGEMENT).encode(), UP, knowledge())

    assert (part.layer, part.label) == ("aps", "APS Ack")
    assert "  cluster: Metering (0x0702)" in part.detail


def test_the_profile_tells_what_a_cluster_is() -> None:
    frame = aps_header(cluster=0x0005, profile=ZDO_PROFILE).encode()

    part = read_aps(frame + bytes.fromhex("01 0000"), UP, knowledge())

    assert (part.layer, part.label) == ("zdo", "Active Endpoints Request")
    assert "  cluster: Active Endpoints Request (0x0005)" in part.detail


def test_the_network_key_is_transported_without_being_shown() -> None:
    header = aps_header(FrameType.COMMAND, secured=True)
    octets = encode_command(NETWORK_KEY_FOR_METER)
    frame = sealed_aps(header, octets, INSTALL_KEY, KeyIdentifier.KEY_TRANSPORT, HUB)

    part = read_aps(frame, DOWN, knowledge())

    assert (part.label, part.security) == ("Transport Key (network key)", ("key-transport key",))
    assert "  key: (16 octets, not shown)" in part.detail
    assert NETWORK_KEY.hex(" ") not in "".join(part.detail)


def test_a_tunnel_tells_what_it_carries() -> None:
    header = aps_header(FrameType.COMMAND, secured=True)
    octets = encode_command(NETWORK_KEY_FOR_METER)
    inside = sealed_aps(header, octets, INSTALL_KEY, KeyIdentifier.KEY_TRANSPORT, HUB)

    part = command(Tunnel(METER.eui64, inside))

    assert part.label == "Tunnel: Transport Key (network key)"
    assert part.security == ("key-transport key",)
    assert NETWORK_KEY.hex(" ") not in "".join(part.detail)


@pytest.mark.parametrize(
    ("what", "label"),
    [
        (
            UpdateDevice(
                METER.eui64, NwkAddress(0x2222), UpdateDeviceStatus.STANDARD_UNSECURED_JOIN
            ),
            "Update Device (gsme: standard unsecured join)",
        ),
        (RemoveDevice(ROUTER.eui64), "Remove Device (esme)"),
        (SwitchKey(1), "Switch Key"),
        (
            TransportKey(TransportKeyType(0x77), bytes(16)),
            "Transport Key (unknown(0x77))",
        ),
    ],
)
def test_commands_tell_what_they_are_about(what: Command, label: str) -> None:
    assert command(what).label == label


def test_a_device_that_was_updated_has_its_address_from_then_on() -> None:
    known = knowledge()

    command(UpdateDevice(METER.eui64, NwkAddress(0x2222), UpdateDeviceStatus.DEVICE_LEFT), known)

    assert known.names.eui64_of(NwkAddress(0x2222)) == METER.eui64


def test_a_transport_key_that_is_cut_off_shows_nothing() -> None:
    frame = aps_header(FrameType.COMMAND).encode() + bytes.fromhex("05 01 aabb")

    part = read_aps(frame, DOWN, knowledge())

    assert part.label == "undecodable Transport Key"
    assert part.detail[-1] == "  (4 octets, not shown)"


@pytest.mark.parametrize(
    ("octets", "label"),
    [("", "APS command"), ("77 01", "APS command"), ("09", "Switch Key")],
    ids=["empty", "unknown", "short"],
)
def test_commands_that_are_none_are_undecodable(octets: str, label: str) -> None:
    frame = aps_header(FrameType.COMMAND).encode() + bytes.fromhex(octets)

    assert read_aps(frame, DOWN, knowledge()).label == f"undecodable {label}"


def test_a_header_that_is_cut_off_is_undecodable() -> None:
    assert read_aps(b"\x00", UP, knowledge()).label == "undecodable APS header"


def test_a_security_header_that_is_cut_off_stands_under_the_header() -> None:
    part = read_aps(aps_header(secured=True).encode(), UP, knowledge())

    assert part.label == "undecodable APS security header"
    assert part.detail[0] == "APS data"


def test_a_frame_between_networks_shows_its_octets() -> None:
    part = read_aps(bytes.fromhex("03 05 aabb"), UP, knowledge())

    assert part.label == "APS inter PAN"
    assert part.detail[-1] == "payload: aa bb"


def blocks(*parts: bytes) -> list[bytes]:
    """The frames of a message in blocks."""
    return [
        aps_header(fragment=fragment_header(number, len(parts))).encode() + part
        for number, part in enumerate(parts)
    ]


def test_every_block_tells_its_message_and_the_last_one_what_it_says() -> None:
    known = knowledge()

    first, last = (
        read_aps(frame, UP, known) for frame in blocks(READ_SUMMATION[:4], READ_SUMMATION[4:])
    )

    assert first.label == "Read Attributes, Metering (block 1 of 2)"
    assert last.label == "Read Attributes, Metering (block 2 of 2)"
    assert "whole message, 5 octets in 2 blocks" in last.detail
    assert "  attributes: CurrentSummationDelivered (0x0000)" in last.detail


def test_a_block_without_the_first_one_tells_only_its_number() -> None:
    _, last = blocks(READ_SUMMATION[:4], READ_SUMMATION[4:])

    assert read_aps(last, UP, knowledge()).label == "APS Data (block 2 of ?)"


def test_a_block_of_a_zdo_command_tells_its_name() -> None:
    header = aps_header(cluster=0x0005, profile=ZDO_PROFILE, fragment=fragment_header(0, 2))

    part = read_aps(header.encode() + b"\x01", UP, knowledge())

    assert part.label == "Active Endpoints Request (block 1 of 2)"


def test_every_suffix_belongs_to_a_command_and_every_key_type_has_words() -> None:
    assert set(SUFFIXES) <= set(COMMANDS.values())
    assert set(KEY_TYPES) == set(TransportKeyType)
