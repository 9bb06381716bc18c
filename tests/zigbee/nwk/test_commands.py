import pytest
from hypothesis import given

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress
from emulator.zigbee.mac.primitives import AssociationStatus, CapabilityInformation
from emulator.zigbee.nwk.commands import (
    COMMANDS,
    Command,
    CommandIdentifier,
    EndDeviceTimeoutRequest,
    EndDeviceTimeoutResponse,
    KnownCommand,
    Leave,
    LinkPowerDelta,
    LinkStatus,
    LinkStatusEntry,
    NetworkReport,
    NetworkStatus,
    NetworkUpdate,
    PowerDelta,
    PowerDeltaKind,
    RejoinRequest,
    RejoinResponse,
    RouteRecord,
    RouteReply,
    RouteRequest,
    TimeoutStatus,
    UnknownCommand,
    decode_command,
    encode_command,
)
from emulator.zigbee.nwk.primitives import NetworkStatusCode

NETWORK = ExtendedPanId(0x0102030405060708)
BY_HAND: list[tuple[str, KnownCommand]] = [
    (
        "01 20 05 3412 07 1817161514131211",  # to a device named by EUI-64 too
        RouteRequest(
            reserved=0,
            many_to_one=0,
            has_destination_eui64=True,
            multicast=False,
            reserved_high=False,
            route_request_id=5,
            destination=NwkAddress(0x1234),
            path_cost=7,
            destination_eui64=Eui64(0x1112131415161718),
        ),
    ),
    ("03 0c 3412", NetworkStatus(NetworkStatusCode(0x0C), NwkAddress(0x1234))),
    ("04 00", Leave()),
    ("04 60", Leave(rejoin=True, request=True)),
    ("04 80", Leave(remove_children=True)),
    ("05 02 3412 cdab", RouteRecord((0x1234, 0xABCD))),
    ("06 8e", RejoinRequest(CapabilityInformation())),
    ("07 3412 00", RejoinResponse(NwkAddress(0x1234), AssociationStatus.SUCCESS)),
    ("0b 08 00", EndDeviceTimeoutRequest(8)),
    (
        "0c 00 03",
        EndDeviceTimeoutResponse(
            TimeoutStatus.SUCCESS, keep_alive_by_poll=True, keep_alive_by_request=True
        ),
    ),
]


@pytest.mark.parametrize(("octets", "command"), BY_HAND, ids=lambda each: str(each)[:24])
def test_command_laid_out_by_hand(octets: str, command: KnownCommand) -> None:
    assert encode_command(command) == bytes.fromhex(octets)
    assert decode_command(bytes.fromhex(octets)) == command


def test_link_status_with_two_neighbours() -> None:
    octets = bytes.fromhex(
        "08"  # link status
        "62"  # first and last frame, two entries
        "0000 11"  # the coordinator: incoming 1, outgoing 1
        "3412 37"  # incoming 7, outgoing 3
    )

    command = decode_command(octets)

    assert isinstance(command, LinkStatus)
    assert (command.first_frame, command.last_frame) == (True, True)
    assert [(each.address, each.incoming_cost, each.outgoing_cost) for each in command.entries] == [
        (0x0000, 1, 1),
        (0x1234, 7, 3),
    ]
    assert all(isinstance(each, LinkStatusEntry) for each in command.entries)


def test_route_reply_names_both_ends() -> None:
    octets = bytes.fromhex(
        "02"  # route reply
        "30"  # EUI-64 of originator and responder
        "09"  # route request identifier
        "0000 3412 03"  # originator, responder, path cost
        "0807060504030201 1817161514131211"
    )

    command = decode_command(octets)

    assert isinstance(command, RouteReply)
    assert (command.originator, command.responder, command.path_cost) == (0, 0x1234, 3)
    assert command.originator_eui64 == 0x0102030405060708
    assert command.responder_eui64 == 0x1112131415161718


def test_network_report_and_update_carry_pan_identifiers() -> None:
    report = decode_command(bytes.fromhex("09 01 0807060504030201 3412"))
    update = decode_command(bytes.fromhex("0a 01 0807060504030201 05 3412"))

    assert report == NetworkReport(1, 0, NETWORK, bytes.fromhex("3412"))
    assert update == NetworkUpdate(1, 0, NETWORK, 5, bytes.fromhex("3412"))


def test_link_power_delta_is_signed() -> None:
    command = decode_command(bytes.fromhex("0d 00 01 3412 fd"))

    assert command == LinkPowerDelta(
        PowerDeltaKind.NOTIFICATION, 0, (PowerDelta(NwkAddress(0x1234), -3),)
    )


def test_unlisted_identifier_keeps_its_octets() -> None:
    assert decode_command(bytes.fromhex("ff0102")) == UnknownCommand(0xFF, b"\x01\x02")


def test_octets_that_a_later_revision_appends_are_ignored() -> None:
    assert decode_command(bytes.fromhex("04 20 aabbcc")) == Leave(rejoin=True)


def test_every_listed_identifier_has_its_declaration() -> None:
    assert set(COMMANDS) == {each.value for each in CommandIdentifier}


@pytest.mark.parametrize("octets", ["", "07", "0734", "08", "086134"])
def test_cut_off_command_is_a_wire_error(octets: str) -> None:
    with pytest.raises(WireError):
        decode_command(bytes.fromhex(octets))


@pytest.mark.parametrize("cls", COMMANDS.values(), ids=lambda cls: cls.__name__)
def test_what_is_encoded_decodes(cls: type[KnownCommand]) -> None:
    @given(structs(cls))
    def holds(command: KnownCommand) -> None:
        assert decode_command(encode_command(command)) == command

    holds()


@given(any_octets())
def test_any_octets_are_a_command_or_a_wire_error(octets: bytes) -> None:
    try:
        command: Command = decode_command(octets)
    except WireError:
        return
    assert command.identifier == octets[0]
