"""A device's own keys and how new ones come into use."""

import json

import pytest
from cryptography import x509

from emulator.gbcs.asn1.codes import UpdateCertificateResponseCode as Code
from emulator.gbcs.pki import Organisation, make_pki
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import Credential, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.own_keys import (
    OwnKeys,
    PreparedKey,
    prepared_from_request,
    with_stand_in_key,
)
from emulator.kernel.errors import LocalError
from emulator.kernel.streams import Streams
from emulator.testing.scenes.remote_party_bench import DEVICE, PARTNER, bench_pki

DS, KA = KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT


def own_keys() -> OwnKeys:
    mine = [each for each in bench_pki().credentials if each.eui64 == DEVICE]
    return OwnKeys(DEVICE, mine, Streams(1).stream("device", "keys"))


def other_credential(use: KeyUse = DS) -> Credential:
    """Another key of the same device, with its certificate."""
    found = make_pki(2, (DEVICE,), ()).keys.find(DEVICE, use)
    assert found is not None
    return found


def der(credential: Credential) -> bytes:
    assert credential.certificate is not None
    return credential.certificate.der


@pytest.mark.parametrize("use", [DS, KA])
def test_a_request_names_the_device_and_what_the_key_is_for(use: KeyUse) -> None:
    request = x509.load_der_x509_csr(own_keys().issue(use))

    usage = request.extensions.get_extension_for_class(x509.KeyUsage).value
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    (name,) = names.get_values_for_type(x509.OtherName)
    assert request.is_signature_valid
    assert list(request.subject) == []
    assert (usage.digital_signature, usage.key_agreement) == (use is DS, use is KA)
    assert name.value.endswith(DEVICE.to_bytes(8, "big"))


def test_every_request_is_for_another_key() -> None:
    own = own_keys()

    first, second = own.issue(DS), own.issue(DS)

    assert prepared_from_request(first).public_key != prepared_from_request(second).public_key


def test_a_new_key_is_of_use_only_with_its_certificate() -> None:
    own = own_keys()
    before = own.find(DS)

    own.issue(DS)

    assert own.find(DS) == before


def test_a_certificate_for_the_waiting_key_brings_it_into_use() -> None:
    own = own_keys()
    new = other_credential()
    own.wait_for(DS, PreparedKey(b"", new.public_key, new.private_key))

    assert own.store(der(new)) is Code.SUCCESS
    assert own.find(DS) == new
    assert own.store(der(new)) is Code.NO_CORRESPONDING_KEY_PAIR_GENERATED


def test_a_certificate_for_another_key_than_the_waiting_one_is_refused() -> None:
    own = own_keys()
    before = own.find(DS)
    own.issue(DS)

    assert own.store(der(other_credential())) is Code.WRONG_PUBLIC_KEY
    assert own.find(DS) == before


def test_a_certificate_without_waiting_key_is_refused() -> None:
    assert own_keys().store(der(other_credential())) is Code.NO_CORRESPONDING_KEY_PAIR_GENERATED


def test_a_certificate_of_another_device_or_of_an_organisation_is_refused() -> None:
    keys = bench_pki().keys
    supplier = min(keys.with_role(RemotePartyRole.SUPPLIER))
    for party in (PARTNER, supplier):
        found = keys.find(party, DS)
        assert found is not None
        assert own_keys().store(der(found)) is Code.WRONG_DEVICE_IDENTITY


def test_a_certificate_of_an_organisation_with_the_devices_name_is_refused() -> None:
    named = Organisation(DEVICE, RemotePartyRole.SUPPLIER, (DS,))
    found = make_pki(1, (), (named,)).keys.find(DEVICE, DS)
    assert found is not None
    own = own_keys()
    own.wait_for(DS, PreparedKey(b"", found.public_key, found.private_key))

    assert own.store(der(found)) is Code.WRONG_DEVICE_IDENTITY


def test_a_certificate_to_sign_certificates_with_is_refused() -> None:
    authority = bench_pki().authorities[0].certificate

    assert own_keys().store(authority.der) is Code.INVALID_KEY_USAGE


def test_octets_that_are_no_certificate_are_refused() -> None:
    assert own_keys().store(bytes.fromhex("3000")) is Code.INVALID_CERTIFICATE


def test_a_key_made_ahead_is_used_once() -> None:
    own = own_keys()
    factory = own_keys()
    factory.issue(KA)
    ahead = prepared_from_request(factory.issue(KA))
    own.prepare(KA, ahead)

    assert own.issue(KA) == ahead.request
    assert own.issue(KA) != ahead.request


def test_keys_survive_a_loss_of_power() -> None:
    own = own_keys()
    request = own.issue(DS)
    other = own_keys()

    other.restore(json.loads(json.dumps(own.snapshot())))

    assert other.snapshot() == own.snapshot()
    assert [each.private_key is not None for each in other.credentials] == [True, True]
    assert prepared_from_request(other.issue(DS)).public_key != (
        prepared_from_request(request).public_key
    )


def test_octets_that_are_no_request_are_refused() -> None:
    with pytest.raises(LocalError, match="certification request"):
        prepared_from_request(bytes.fromhex("3000"))


def test_a_device_without_certificate_cannot_ask_for_one() -> None:
    own = OwnKeys(DEVICE, (), Streams(1).stream("device", "keys"))

    with pytest.raises(LocalError, match="hardware module name"):
        own.issue(DS)


def test_a_stand_in_key_is_given_only_where_there_is_none() -> None:
    stream = Streams(1).stream("device", "stand-in")
    new = other_credential()
    bare = Credential(eui64=DEVICE, use=DS, public_key=new.public_key, certificate=new.certificate)

    assert with_stand_in_key(new, stream) == new
    assert with_stand_in_key(bare, stream).private_key is not None
    assert isinstance(bare.certificate, Certificate)
