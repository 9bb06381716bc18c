from dataclasses import replace

import pytest

from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.gbcs_vectors import BROKER, DEVICE, SUPPLIER, vector_keys

METER = Eui64(0x00DB1234567890A0)
DISPLAY = Eui64(0x00DB1234567890A4)
PKI = make_pki(1, (METER, DISPLAY))
PARTY = PKI.keys.with_role(RemotePartyRole.SUPPLIER)[0]


def without_private(keys: KeyStore, *owners: Eui64) -> KeyStore:
    """The store as somebody else has it: the owners keep their private keys."""
    return KeyStore(
        replace(each, private_key=None) if each.eui64 in owners else each for each in keys
    )


def test_secret_is_the_same_from_either_side() -> None:
    from_party = StoredKeyAgreement(without_private(PKI.keys, METER))
    from_device = StoredKeyAgreement(without_private(PKI.keys, PARTY))

    assert from_party.shared_secret(METER, PARTY) == from_device.shared_secret(METER, PARTY)


def test_secret_is_the_same_in_either_order() -> None:
    agreement = StoredKeyAgreement(PKI.keys)

    assert agreement.shared_secret(METER, PARTY) == agreement.shared_secret(PARTY, METER)


def test_pair_without_a_private_key_is_told() -> None:
    agreement = StoredKeyAgreement(without_private(PKI.keys, METER, DISPLAY))

    with pytest.raises(MissingKeyError, match="00-DB-12-34-56-78-90-A0 or 00-DB"):
        agreement.shared_secret(METER, DISPLAY)


def test_party_without_a_key_agreement_key_is_told() -> None:
    with pytest.raises(MissingKeyError):
        StoredKeyAgreement(vector_keys()).shared_secret(SUPPLIER, DEVICE)


def test_prepayment_key_agrees_on_another_secret() -> None:
    plain = StoredKeyAgreement(PKI.keys)
    prepayment = StoredKeyAgreement(PKI.keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)

    assert prepayment.shared_secret(PARTY, METER) != plain.shared_secret(PARTY, METER)
    with pytest.raises(MissingKeyError):
        prepayment.shared_secret(METER, PARTY)


def test_bare_keys_agree_too() -> None:
    assert len(StoredKeyAgreement(vector_keys()).shared_secret(BROKER, DEVICE)) == 32
