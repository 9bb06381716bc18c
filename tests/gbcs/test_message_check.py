from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.message_check import Finding, check_message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.message_protection import Check, Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.gbcs_vectors import RESET_METER_BALANCE

METER = Eui64(0x00DB1234567890A0)
KEYS = make_pki(1, (METER,)).keys
PROTECTION = Protection(keys=KEYS, agreement=StoredKeyAgreement(KEYS))
SUPPLIER = KEYS.with_role(RemotePartyRole.SUPPLIER)[0]
COMMAND = PROTECTION.protect(
    replace(Message.decode(RESET_METER_BALANCE), originator=SUPPLIER, recipient=METER),
    signed=True,
    maced=True,
)


def sensitive(block: bytes) -> Message:
    """A notification of the meter whose body is one encrypted block."""
    payload = bytes.fromhex("0F 20000001 00") + b"\x09" + bytes((len(block),)) + block
    alert = Message(Cra.ALERT, 1, METER, SUPPLIER, b"", OtherInformation(0xC6), payload)
    return PROTECTION.protect(alert, signed=True, maced=False)


def test_good_message_has_no_findings() -> None:
    checked = check_message(COMMAND.encode(), PROTECTION)

    assert checked.findings == ()
    assert (checked.signature, checked.mac) == (Check.VALID, Check.VALID)
    assert checked.message == COMMAND
    assert checked.payload is not None
    assert checked.identical
    assert (checked.decrypted, checked.undecrypted) == (0, 0)


def test_without_keys_only_the_format_is_checked() -> None:
    checked = check_message(COMMAND.encode())

    assert (checked.signature, checked.mac, checked.findings) == (Check.ABSENT, Check.ABSENT, ())


def test_octets_that_are_no_message_have_one_finding() -> None:
    checked = check_message(COMMAND.encode()[:-1], PROTECTION)

    assert (checked.message, checked.identical) == (None, False)
    assert (checked.decrypted, checked.undecrypted) == (0, 0)
    assert [(each.field, each.offset) for each in checked.findings] == [("Message.mac_header", 7)]


def test_everything_wrong_is_named_in_the_order_of_the_checks() -> None:
    wrong = replace(
        COMMAND, other_information=OtherInformation(0xFFFF), payload=COMMAND.payload[:-1]
    )

    fields = [each.field for each in check_message(wrong.encode(), PROTECTION).findings]

    assert fields[:3] == [
        "Message.other_information.message_code",
        "Message.signature",
        "Message.mac",
    ]
    assert len(fields) == 4
    assert fields[3].startswith("Message.payload.")


def test_unknown_message_code_is_named_with_its_place() -> None:
    wrong = replace(COMMAND, other_information=OtherInformation(0xFFFF))

    finding = check_message(wrong.encode()).findings[0]

    assert finding == Finding(
        "Message.other_information.message_code", 45, "known message code: FFFF is none"
    )


def test_unknown_message_code_is_named_where_it_stands_in_a_message_without_a_mac() -> None:
    bare = replace(COMMAND, other_information=OtherInformation(0xFFFE), signature=None, mac=None)
    octets = bare.encode()

    finding = check_message(octets).findings[0]

    assert octets[finding.offset :].startswith(b"\xff\xfe")


@pytest.mark.parametrize("unused_bits", ["00", "04"])
def test_payload_that_is_written_as_nobody_should_is_not_identical(unused_bits: str) -> None:
    """DER counts the unused bits of a key usage: 3, and here too few or too many."""
    payload = bytes.fromhex(f"30 04 03 02 {unused_bits} 08")
    octets = replace(COMMAND, other_information=OtherInformation(0x000A), payload=payload).encode()

    checked = check_message(octets)

    at = octets.index(payload)
    assert checked.payload is not None
    assert not checked.identical
    assert checked.findings == (
        Finding("Message.payload", at, "what was decoded encodes to other octets"),
    )


def test_critical_command_with_a_mac_alone_is_not_protected_as_its_kind() -> None:
    unsigned = PROTECTION.protect(COMMAND, signed=False, maced=True)

    checked = check_message(unsigned.encode(), PROTECTION)

    assert checked.mac is Check.VALID
    assert checked.findings == (
        Finding("Message.signature", 100, "protected as its kind: MAC, expected signature+MAC"),
    )


def test_header_octets_that_no_block_follows_are_no_sensitive_data() -> None:
    message = sensitive(bytes.fromhex("3100000000"))

    checked = check_message(message.encode(), PROTECTION)

    assert (checked.decrypted, checked.undecrypted, checked.findings) == (0, 0, ())


def test_pre_command_and_message_without_protection_differ() -> None:
    bare = replace(COMMAND, signature=None, mac=None)

    assert check_message(bare.encode(), PROTECTION).findings == ()
    (finding,) = check_message(replace(bare, signature=b"").encode(), PROTECTION).findings
    assert finding.reason == "protected as its kind: neither signature nor MAC"


def test_encrypted_block_is_decrypted() -> None:
    alert = Message(Cra.ALERT, 1, METER, SUPPLIER, b"", OtherInformation(0xC6), b"")
    block = SensitiveData(alert, PROTECTION.agreement).encrypt(b"\x11\x05")

    checked = check_message(sensitive(block).encode(), PROTECTION)

    without_keys = check_message(sensitive(block).encode())

    assert (checked.decrypted, checked.undecrypted, checked.findings) == (1, 0, ())
    assert (without_keys.decrypted, without_keys.undecrypted, without_keys.findings) == (0, 0, ())


def test_block_that_cannot_be_decrypted_is_found_where_it_stands() -> None:
    message = sensitive(bytes.fromhex("3100000000") + bytes(14))
    octets = message.encode()

    checked = check_message(octets, PROTECTION)

    assert (checked.decrypted, checked.undecrypted) == (0, 1)
    assert checked.findings[0].offset == octets.index(bytes.fromhex("3100000000"))


def test_block_for_a_reader_without_a_key_is_not_decrypted() -> None:
    message = replace(
        sensitive(bytes.fromhex("3100000000") + bytes(14)), recipient=Eui64(5), signature=b""
    )

    checked = check_message(message.encode(), PROTECTION)

    assert (checked.decrypted, checked.undecrypted) == (0, 1)


@given(st.binary(max_size=200))
def test_any_octets_are_checked_without_a_fault(octets: bytes) -> None:
    assert check_message(octets, PROTECTION).findings


@given(st.integers(0, len(COMMAND.encode()) - 1), st.binary(min_size=1, max_size=3))
def test_damaged_message_is_checked_without_a_fault(at: int, damage: bytes) -> None:
    octets = COMMAND.encode()
    damaged = octets[:at] + damage + octets[at + len(damage) :]

    checked = check_message(damaged, PROTECTION)

    assert (checked.findings == ()) == (damaged == octets)
