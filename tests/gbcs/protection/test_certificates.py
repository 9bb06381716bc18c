from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, make_pki
from emulator.gbcs.protection.certificates import (
    HARDWARE_MODULE_NAME,
    Certificate,
    CertificateUsage,
)
from emulator.gbcs.protection.key_store import Credential
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64

NO_NAME = x509.Name([])
P256 = ec.SECP256R1()
NO_USAGE = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)
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


def made(
    subject: x509.Name = NO_NAME,
    serial: bytes = b"\x04\x08" + bytes(8),
    key: ec.EllipticCurve = P256,
    **usage: bool,
) -> bytes:
    """A certificate that may break the profiles, in DER."""
    private = ec.derive_private_key(5, key)
    named = x509.OtherName(HARDWARE_MODULE_NAME, b"\x30" + bytes((len(serial),)) + serial)
    builder = (
        x509.CertificateBuilder()
        .serial_number(1)
        .issuer_name(NO_NAME)
        .subject_name(subject)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2030, 1, 1, tzinfo=UTC))
        .public_key(private.public_key())
        .add_extension(x509.KeyUsage(**NO_USAGE | {"key_agreement": True} | usage), critical=True)
        .add_extension(x509.SubjectAlternativeName([named]), critical=True)
    )
    return builder.sign(private, SHA256()).public_bytes(Encoding.DER)


def organisation(unit: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit)])


def identified(identifier: bytes) -> x509.Name:
    unique = NameOID.X500_UNIQUE_IDENTIFIER
    return x509.Name([x509.NameAttribute(unique, identifier, _ASN1Type.BitString)])


def test_role_is_written_in_hexadecimal() -> None:
    assert Certificate.decode(made(organisation("7F"))).role is RemotePartyRole.OTHER
    assert Certificate.decode(made(organisation("1f"))).role == 0x1F


def test_key_of_an_issuer_is_named_by_what_it_issued() -> None:
    _, issuing, _, device_issuing = (each.certificate for each in PKI.authorities)

    assert {each.authority_key for each in certificates() if each.role} == {issuing.subject_key}
    assert certificates()[-1].authority_key == device_issuing.subject_key
    assert len({each.subject_key for each in (*certificates(), issuing, device_issuing)}) == (
        len(certificates()) + 2
    )


def test_certificate_without_key_identifiers_is_read() -> None:
    certificate = Certificate.decode(made())

    assert (certificate.eui64, certificate.subject_key, certificate.authority_key) == (0, b"", b"")


@pytest.mark.parametrize(
    ("der", "path"),
    [
        (made(serial=b"\x04\x04" + bytes(4)), "subject_alt_name"),
        (made(serial=b"\x05\x08" + bytes(8)), "subject_alt_name"),
        (made(identified(bytes(8))), "subject"),
        (made(identified(bytes(10))), "subject"),
        (made(organisation("supplier")), "subject"),
        (made(digital_signature=True), "key_usage"),
        (made(key_agreement=False), "key_usage"),
        (made(key=ec.SECP384R1()), "public_key"),
        (made(organisation("-1")), "subject"),
    ],
)
def test_certificate_outside_the_profiles_is_refused(der: bytes, path: str) -> None:
    with pytest.raises(WireError) as refused:
        Certificate.decode(der)

    assert (refused.value.path, refused.value.offset) == (f"Certificate.{path}", 0)


def test_unique_identifier_that_is_no_eui64_is_refused() -> None:
    credential = PKI.credentials[0].certificate
    assert credential is not None
    der = credential.der.replace(b"\x03\x09\x00\x02HANORG", b"\x03\x09\x01\x02HANORG")

    with pytest.raises(WireError, match="unique identifier is no EUI-64"):
        Certificate.decode(der)


@given(st.binary(max_size=60))
def test_any_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError, match=r"^Certificate at byte 0: "):
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
