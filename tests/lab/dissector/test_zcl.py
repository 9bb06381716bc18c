import pytest

from emulator.lab.dissector.part import Part
from emulator.lab.dissector.zcl import SUFFIXES, read_zcl
from emulator.testing.stack.dissector_scene import knowledge
from emulator.zcl.foundation.general_commands import GENERAL_COMMANDS, GeneralCommand
from emulator.zcl.primitives import Side
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId

BASIC = 0x0000
METERING = 0x0702
KEY_ESTABLISHMENT = 0x0800


def read(cluster: int, octets: str, *, whole: bool = True) -> Part:
    """What is said of octets in hexadecimal."""
    return read_zcl(ClusterId(cluster), bytes.fromhex(octets), knowledge(), whole=whole)


def test_reading_attributes_names_the_cluster_and_the_attributes() -> None:
    part = read(
        METERING,
        "00 01 00"  # general, to the server; sequence number; Read Attributes
        "0000 0003",  # CurrentSummationDelivered, UnitOfMeasure
    )

    assert part.label == "Read Attributes, Metering"
    assert part.detail[-1] == (
        "  attributes: CurrentSummationDelivered (0x0000), UnitOfMeasure (0x0300)"
    )


def test_a_report_speaks_of_the_attributes_of_its_sender() -> None:
    part = read(
        METERING,
        "18 02 0a"  # general, to the client, no default response; sequence number; Report
        "0000 25 c80000000000",  # CurrentSummationDelivered, uint48, 200
    )

    assert part.label == "Report Attributes, Metering"
    assert part.detail[-1] == (
        "    - attribute CurrentSummationDelivered (0x0000), data type uint48, value 200"
    )


def test_an_answer_speaks_of_the_attributes_of_its_sender() -> None:
    part = read(
        BASIC,
        "18 02 01"  # general, to the client; Read Attributes Response
        "0500 00 42 02 4142"  # ModelIdentifier, success, string "AB"
        "0600 86",  # DateCode, unsupported attribute
    )

    assert part.label == "Read Attributes Response, Basic"
    assert (
        "ModelIdentifier (0x0005), status success, data type string, value 'AB'"
        in (part.detail[-2])
    )
    assert part.detail[-1].endswith("DateCode (0x0006), status unsupported attribute")


def test_a_default_response_tells_its_status() -> None:
    part = read(METERING, "00 01 0b 00 81")

    assert part.label == "Default Response (unsup command), Metering"


def test_starting_key_establishment_tells_the_suite_and_shows_the_certificate() -> None:
    part = read(
        KEY_ESTABLISHMENT,
        "11 01 00"  # cluster command, to the server, no default response; Initiate
        "0100 03 06"  # suite 1, times
        "0201020304050607080910111213141516171819 2021"  # public reconstruction
        "00db1234567890a1 4841 4e4c 5445 5354"  # subject, issuer
        "01090000000000000000",  # attributes
    )

    assert part.label == "Initiate Key Establishment Request, suite 1"
    assert "    subject: 00-DB-12-34-56-78-90-A1 (gsme)" in part.detail


def test_a_certificate_of_the_wrong_length_is_shown_as_octets() -> None:
    part = read(KEY_ESTABLISHMENT, "11 01 00 0200 03 06 aabb")

    assert part.detail[-1] == "  identity: aa bb"


def test_ending_key_establishment_tells_why() -> None:
    part = read(KEY_ESTABLISHMENT, "11 01 03 02 0a 0200")

    assert part.label == "Terminate Key Establishment (bad key confirm)"


def test_reading_the_suites_names_key_establishment() -> None:
    assert read(KEY_ESTABLISHMENT, "00 01 00 0000").label == "Read Attributes, Key Establishment"


def test_the_first_block_of_a_message_tells_which_command_it_is() -> None:
    part = read(KEY_ESTABLISHMENT, "11 01 00 0200 03 06 aa", whole=False)

    assert part.label == "Initiate Key Establishment Request, suite 2"
    assert "Initiate Key Establishment Request" not in part.detail


def test_the_first_block_of_a_message_need_not_hold_a_whole_command() -> None:
    part = read(BASIC, "18 02 01 0500 00 42 10 41", whole=False)

    assert part.label == "Read Attributes Response, Basic"


@pytest.mark.parametrize(
    ("cluster", "octets", "label"),
    [
        (METERING, "01 01 00", "Get Profile, Metering"),
        (METERING, "01 01 ee aa", "command 0xee, Metering"),
        (METERING, "05 1001 01 00", "command 0x00, Metering"),
        (METERING, "00 01 77", "general command 0x77, Metering"),
        (METERING, "02 01 00", "command 0x00, Metering"),
        (0x9999, "00 01 00 0000", "Read Attributes, 0x9999"),
        (0x9999, "01 01 00", "command 0x00, 0x9999"),
    ],
    ids=["declared", "undeclared", "manufacturer", "general", "reserved", "cluster", "both"],
)
def test_commands_have_names_where_they_are_declared(cluster: int, octets: str, label: str) -> None:
    assert read(cluster, octets).label == label


def test_octets_that_are_no_such_command_are_undecodable() -> None:
    assert read(METERING, "00").label == "undecodable ZCL header"
    assert read(METERING, "00 01 0b 00").label == "undecodable Default Response, Metering"


def test_every_general_command_and_declared_command_has_a_name() -> None:
    labels = {read(BASIC, f"00 01 {command:02x}", whole=False).label for command in GeneralCommand}

    assert len(labels) == len(GENERAL_COMMANDS)
    for cluster in CLUSTERS.values():
        for side, control in ((Side.SERVER, "01"), (Side.CLIENT, "09")):
            for command in cluster.side(side).receives:
                part = read(cluster.id, f"{control} 01 {command.id:02x}", whole=False)
                assert not part.label.startswith("command")


def test_every_suffix_belongs_to_a_declared_payload() -> None:
    declared = {
        command.payload
        for cluster in CLUSTERS.values()
        for side in Side
        for command in cluster.side(side).receives
    }

    assert set(SUFFIXES) <= declared | set(GENERAL_COMMANDS.values())
