from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData, reader_of
from emulator.gbcs.protection.kdf import ENCRYPTION_PURPOSE, derive_key
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError, Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64

METER = Eui64(0x00DB1234567890A0)
KEYS = make_pki(1, (METER,)).keys
AGREEMENT = StoredKeyAgreement(KEYS)
SUPPLIER = KEYS.with_role(RemotePartyRole.SUPPLIER)[0]
OPERATOR = KEYS.with_role(RemotePartyRole.NETWORK_OPERATOR)[0]
RESPONSE = Message(
    Cra.RESPONSE, 1000, METER, SUPPLIER, b"", OtherInformation(0x27), b"\xda", mac=bytes(12)
)


def with_party(counter: int | None) -> Message:
    return replace(RESPONSE, other_information=OtherInformation(0x27, OPERATOR, 7, counter))


@given(st.binary(max_size=100))
def test_what_is_encrypted_is_decrypted(plaintext: bytes) -> None:
    data = SensitiveData(RESPONSE, AGREEMENT)

    block = data.encrypt(plaintext)

    assert block.startswith(bytes.fromhex("3100000000"))
    assert len(block) == 5 + len(plaintext) + 12
    assert data.decrypt(block) == plaintext


def test_block_is_gcm_over_the_data_and_the_control_octet() -> None:
    """GBCS 8.4: the invocation counter of the security header is not authenticated."""
    secret = AGREEMENT.shared_secret(METER, SUPPLIER)
    key = derive_key(secret, METER, ENCRYPTION_PURPOSE, RESPONSE.counter, SUPPLIER)
    vector = METER.to_bytes(8, "big") + bytes(4)

    block = SensitiveData(RESPONSE, AGREEMENT).encrypt(b"01234")

    assert block[5:] == AESGCM(key).encrypt(vector, b"01234", b"\x31")[: 5 + 12]


@pytest.mark.parametrize("octets", range(13))
def test_security_header_with_too_little_after_it_is_refused(octets: int) -> None:
    block = bytes.fromhex("31 00000000") + bytes(octets)

    with pytest.raises(ProtectionError) as refused:
        SensitiveData(RESPONSE, AGREEMENT).decrypt(block)

    assert ("12 octets of tag" in refused.value.reason) == (octets < 12)


def test_reader_is_the_supplementary_party_if_there_is_one() -> None:
    assert reader_of(RESPONSE) == SUPPLIER
    assert reader_of(with_party(None)) == OPERATOR


def test_message_of_another_reader_counter_or_sort_of_counter_is_not_readable() -> None:
    block = SensitiveData(RESPONSE, AGREEMENT).encrypt(b"\x06\x00\x01\xe2\x40")

    for other in (with_party(None), replace(RESPONSE, counter=1001)):
        with pytest.raises(ProtectionError) as refused:
            SensitiveData(other, AGREEMENT).decrypt(block, 90)
        assert (refused.value.rule, refused.value.offset) == (Rule.ENCRYPTION, 90)


def test_supplementary_originator_counter_takes_the_place_of_the_counter() -> None:
    block = SensitiveData(with_party(55), AGREEMENT).encrypt(b"1")

    assert SensitiveData(replace(with_party(None), counter=55), AGREEMENT).decrypt(block) == b"1"


@given(st.integers(0, 8 * 22 - 1))
def test_flipped_bit_of_a_block_is_noticed(bit: int) -> None:
    data = SensitiveData(RESPONSE, AGREEMENT)
    flipped = bytearray(data.encrypt(b"01234"))
    flipped[bit // 8] ^= 0x80 >> bit % 8

    with pytest.raises(ProtectionError):
        data.decrypt(bytes(flipped))


@given(st.binary(max_size=60))
def test_any_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(ProtectionError) as refused:
        SensitiveData(RESPONSE, AGREEMENT).decrypt(octets)

    assert refused.value.offset == 0


def test_reader_without_a_key_cannot_read() -> None:
    with pytest.raises(MissingKeyError):
        SensitiveData(replace(RESPONSE, recipient=Eui64(1)), AGREEMENT)
