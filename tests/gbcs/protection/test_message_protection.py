from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, Organisation, make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.message_protection import Check, Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError, Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.testing.scenes.gbcs_vectors import BROKER, RESET_METER_BALANCE, vector_keys

METER = Eui64(0x00DB1234567890A1)
DISPLAY = Eui64(0x00DB1234567890A4)
STRANGER = Eui64(0x00DB1234567890FF)
KEYS = make_pki(1, (METER, DISPLAY)).keys
PARTY = KEYS.with_role(RemotePartyRole.SUPPLIER)[0]
RECOVERY = KEYS.with_role(RemotePartyRole.RECOVERY)[0]


def protection(keys: KeyStore = KEYS, moment: datetime | None = None) -> Protection:
    return Protection(
        keys=keys,
        agreement=StoredKeyAgreement(keys),
        moment=moment,
        trusted_paths=moment is not None,
    )


def message(cra: Cra, originator: Eui64, recipient: Eui64) -> Message:
    return Message(cra, 9, originator, recipient, b"", OtherInformation(0x62), b"\xd9")


BROKERS = (
    Organisation(Eui64(5), RemotePartyRole.ACCESS_CONTROL_BROKER, (KeyUse.KEY_AGREEMENT,)),
    Organisation(Eui64(6), RemotePartyRole.ACCESS_CONTROL_BROKER, (KeyUse.KEY_AGREEMENT,)),
)
TWO_BROKERS = make_pki(1, (METER, DISPLAY), (*DEFAULT_ORGANISATIONS[:3], *BROKERS)).keys
COMMAND = protection().protect(message(Cra.COMMAND, PARTY, METER), signed=True, maced=True)
RESPONSE = protection().protect(message(Cra.RESPONSE, METER, PARTY), signed=False, maced=True)
PAIRWISE = protection().protect(message(Cra.COMMAND, DISPLAY, METER), signed=False, maced=True)


def vector_protection() -> Protection:
    keys = vector_keys()
    return Protection(keys=keys, agreement=StoredKeyAgreement(keys), broker=BROKER)


def test_vector_verifies() -> None:
    verified = vector_protection().verify(Message.decode(RESET_METER_BALANCE))

    assert (verified.signature, verified.mac) == (Check.VALID, Check.VALID)
    assert verified.valid


def test_mac_of_the_vector_is_made_again() -> None:
    vector = Message.decode(RESET_METER_BALANCE)

    assert vector_protection().mac(replace(vector, mac=None)) == vector.mac


def test_protecting_twice_gives_the_same_octets() -> None:
    bare = replace(Message.decode(RESET_METER_BALANCE), signature=b"", mac=None)

    first = vector_protection().protect(bare, signed=True, maced=True)

    assert first == vector_protection().protect(first, signed=True, maced=True)
    assert vector_protection().verify(first).valid


@pytest.mark.parametrize("made", [COMMAND, RESPONSE, PAIRWISE])
def test_what_is_protected_verifies(made: Message) -> None:
    protection().require(Message.decode(made.encode()))


@pytest.mark.parametrize("made", [RESPONSE, PAIRWISE])
def test_unsigned_message_has_no_signature_to_check(made: Message) -> None:
    verified = protection().verify(made)

    assert (verified.signature, verified.mac) == (Check.ABSENT, Check.VALID)


def test_broker_is_who_shares_the_secret_of_a_command() -> None:
    other_broker = replace(protection(), broker=PARTY)

    assert other_broker.verify(COMMAND).mac is Check.INVALID


@pytest.mark.parametrize(
    ("bare", "by_broker"),
    [
        (message(Cra.COMMAND, PARTY, METER), True),
        (message(Cra.COMMAND, DISPLAY, METER), False),
        (message(Cra.RESPONSE, METER, PARTY), False),
        (message(Cra.ALERT, METER, PARTY), False),
    ],
)
def test_broker_makes_the_macs_of_remote_parties_commands_and_no_others(
    bare: Message, by_broker: bool
) -> None:
    macs = {replace(protection(TWO_BROKERS), broker=each.eui64).mac(bare) for each in BROKERS}

    assert len(macs) == (2 if by_broker else 1)


def test_wrong_mac_is_told_with_the_pair_that_should_have_made_it() -> None:
    broker = KEYS.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0]

    for made, pair in ((COMMAND, (broker, METER)), (RESPONSE, (METER, PARTY))):
        (fault,) = protection().verify(replace(made, mac=bytes(12))).faults
        first, second = map(format_eui64, pair)
        assert f"is not that of {first} and {second} over this message" in str(fault)


@given(st.integers(0, len(COMMAND.signed_region) * 8 - 1))
def test_flipped_bit_of_the_signed_region_is_no_valid_message(bit: int) -> None:
    assert not still_valid(COMMAND.encode(), 14 * 8 + bit)


@given(st.integers(0, len(RESPONSE.encode()) * 8 - 1))
def test_flipped_bit_of_a_message_is_no_valid_message(bit: int) -> None:
    assert not still_valid(RESPONSE.encode(), bit)


def still_valid(octets: bytes, bit: int) -> bool:
    """Whether a message with one bit flipped passes."""
    flipped = bytearray(octets)
    flipped[bit // 8] ^= 0x80 >> bit % 8
    try:
        protection().require(Message.decode(bytes(flipped)))
    except (WireError, ProtectionError, MissingKeyError):
        return False
    return True


@pytest.mark.parametrize(
    ("changed", "rule", "path", "offset"),
    [
        (replace(COMMAND, payload=b"\xda"), Rule.SIGNATURE, "signature", 48),
        (replace(RESPONSE, payload=b"\xda"), Rule.MAC, "mac", 49),
        (replace(COMMAND, mac=bytes(12)), Rule.MAC, "mac", 113),
        (replace(COMMAND, originator=STRANGER), Rule.KNOWN_PARTY, "originator", 24),
        (replace(COMMAND, recipient=STRANGER), Rule.SIGNATURE, "signature", 48),
        (replace(RESPONSE, recipient=STRANGER), Rule.KNOWN_PARTY, "recipient", 33),
        (replace(RESPONSE, recipient=RECOVERY), Rule.KEY_USAGE, "recipient", 33),
        (replace(RESPONSE, mac=None), Rule.PROTECTED, "signature", 35),
    ],
)
def test_message_is_refused_by_rule_and_field(
    changed: Message, rule: Rule, path: str, offset: int
) -> None:
    with pytest.raises(ProtectionError) as refused:
        protection().require(changed)

    assert refused.value.rule is rule
    assert ("is in no certificate" in refused.value.reason) == (rule is Rule.KNOWN_PARTY)
    assert ("has no key agreement key" in refused.value.reason) == (rule is Rule.KEY_USAGE)
    assert (refused.value.path, refused.value.offset) == (f"Message.{path}", offset)


def test_pre_command_has_nothing_to_check() -> None:
    verified = protection().verify(replace(COMMAND, signature=None, mac=None))

    assert (verified.signature, verified.mac) == (Check.ABSENT, Check.ABSENT)
    assert verified.valid


def test_pre_command_is_not_to_be_acted_on() -> None:
    with pytest.raises(ProtectionError, match="neither signature nor MAC"):
        protection().require(replace(COMMAND, signature=None, mac=None))


def test_message_between_devices_with_unknown_keys_is_left_unchecked() -> None:
    public = KeyStore(replace(each, private_key=None) for each in KEYS)

    verified = protection(public).verify(PAIRWISE)

    assert verified.mac is Check.UNCHECKED
    assert not verified.valid
    assert isinstance(verified.faults[0], MissingKeyError)


def test_two_brokers_must_be_told_apart() -> None:
    nobody = KeyStore(each for each in KEYS if each.role is None)

    with pytest.raises(MissingKeyError, match="0 access control brokers"):
        protection(nobody).mac(message(Cra.COMMAND, PARTY, METER))
    with pytest.raises(MissingKeyError, match="2 access control brokers"):
        protection(TWO_BROKERS).mac(message(Cra.COMMAND, PARTY, METER))


def test_signing_needs_the_private_key() -> None:
    public = KeyStore(replace(each, private_key=None) for each in KEYS)

    with pytest.raises(MissingKeyError, match="to sign with"):
        protection(public).protect(COMMAND, signed=True, maced=False)


def test_certificates_are_valid_at_their_time_and_not_before() -> None:
    protection(moment=datetime(2026, 1, 5, tzinfo=UTC)).require(COMMAND)

    with pytest.raises(ProtectionError, match="valid from 2015-01-01") as refused:
        protection(moment=datetime(2014, 12, 31, tzinfo=UTC)).require(COMMAND)

    assert refused.value.rule is Rule.CERTIFICATE_VALIDITY


def test_certificate_of_an_unknown_authority_is_refused() -> None:
    strangers = KeyStore(list(KEYS), make_pki(2, ()).keys.authorities)

    with pytest.raises(ProtectionError, match="no way on from") as refused:
        protection(strangers, datetime(2026, 1, 5, tzinfo=UTC)).require(COMMAND)

    assert refused.value.rule is Rule.CERTIFICATE_PATH
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    Protection(keys=strangers, agreement=StoredKeyAgreement(strangers), moment=moment).require(
        COMMAND
    )


def test_key_of_another_use_is_no_substitute() -> None:
    signing_only = KeyStore(each for each in KEYS if each.use is KeyUse.DIGITAL_SIGNATURE)

    with pytest.raises(ProtectionError) as refused:
        protection(signing_only).require(RESPONSE)

    assert refused.value.rule is Rule.KEY_USAGE
