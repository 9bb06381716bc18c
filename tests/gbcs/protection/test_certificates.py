from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, make_pki
from emulator.gbcs.protection.certificates import (
    Certificate,
    CertificateUsage,
    RemotePartyRole,
)
from emulator.gbcs.protection.key_store import Credential
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64

METER = Eui64(0x00DB1234567890A0)
PKI = make_pki(1, (METER,))


def certificates() -> list[Certificate]:
    return [each.certificate for each in PKI.credentials if each.certificate is not None]


@pytest.mark.parametrize(
    "credential", PKI.credentials, ids=lambda each: f"{each.eui64:x}-{each.use.value}"
)
def test_certificate_says_whose_key_it_is_and_for_what(credential: Credential) -> None:
    certificate = credential.certificate

    assert certificate is not None
    assert (certificate.eui64, certificate.usage) == (credential.eui64, credential.use.usage)
    assert certificate.public_key == credential.public_key


def test_organisations_have_roles_and_devices_none() -> None:
    roles = {each.eui64: each.role for each in certificates()}

    assert roles == {each.eui64: each.role for each in DEFAULT_ORGANISATIONS} | {METER: None}


def test_authorities_sign_certificates_and_have_no_eui64() -> None:
    root, issuing, *_ = (each.certificate for each in PKI.authorities)

    assert (root.eui64, root.role) == (None, RemotePartyRole.ROOT)
    assert (issuing.eui64, issuing.role) == (None, RemotePartyRole.ISSUING_AUTHORITY)
    assert root.usage is issuing.usage is CertificateUsage.CERTIFICATE_SIGNING
    assert issuing.issued_by(root)
    assert not root.issued_by(issuing)


def test_role_that_has_no_name_is_kept() -> None:
    assert RemotePartyRole(99).name == "unknown(0x63)"


def test_validity_includes_both_ends() -> None:
    certificate = replace(
        certificates()[0],
        not_before=datetime(2026, 1, 1, tzinfo=UTC),
        not_after=datetime(2026, 2, 1, tzinfo=UTC),
    )

    assert certificate.valid_at(datetime(2026, 1, 1, tzinfo=UTC))
    assert certificate.valid_at(datetime(2026, 2, 1, tzinfo=UTC))
    assert not certificate.valid_at(datetime(2026, 2, 1, 0, 0, 1, tzinfo=UTC))


@given(st.binary(max_size=60))
def test_any_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        Certificate.decode(octets)


@given(st.sampled_from(certificates()), st.integers(0, 500), st.integers(0, 255))
def test_damaged_certificate_is_one_or_refused(
    certificate: Certificate, at: int, octet: int
) -> None:
    der = bytearray(certificate.der)
    der[at % len(der)] = octet
    try:
        damaged = Certificate.decode(bytes(der))
    except WireError:
        return

    assert damaged.der == bytes(der)
