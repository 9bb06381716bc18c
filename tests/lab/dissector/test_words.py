import pytest

from emulator.lab.dissector.words import command_label, member, phrase, title
from emulator.zigbee.aps.commands import SwitchKey
from emulator.zigbee.mac.primitives import AssociationStatus


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("InitiateKeyEstablishmentRequest", "Initiate Key Establishment Request"),
        ("DeviceAnnce", "Device Announce"),
        ("MatchDescReq", "Match Descriptor Request"),
        ("MgmtPermitJoiningReq", "Management Permit Joining Request"),
        ("PanIdConflictNotification", "PAN id Conflict Notification"),
        ("IeeeAddrRsp", "IEEE Address Response"),
        ("CurrentTier1SummationDelivered", "Current Tier 1 Summation Delivered"),
    ],
)
def test_names_of_formats_become_titles(name: str, words: str) -> None:
    assert title(name) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("destination_eui64", "destination EUI-64"),
        ("PAN_ACCESS_DENIED", "PAN access denied"),
        ("frame_counter", "frame counter"),
    ],
)
def test_names_of_fields_and_members_become_phrases(name: str, words: str) -> None:
    assert phrase(name) == words


def test_a_code_without_a_name_shows_its_number() -> None:
    assert member(AssociationStatus(0x77)) == "unknown(0x77)"


def test_a_label_is_the_name_of_the_command_and_what_its_suffix_tells() -> None:
    command = SwitchKey(3)

    assert command_label(command, {}) == "Switch Key"
    assert command_label(command, {SwitchKey: lambda c: f" {c.sequence}"}) == "Switch Key 3"
