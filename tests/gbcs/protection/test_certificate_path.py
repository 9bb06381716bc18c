import inspect
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.certificate_path import require_valid, validate_path
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.kernel.identity import Eui64

NOW = datetime(2026, 1, 5, tzinfo=UTC)
PKI = make_pki(1, (Eui64(0x00DB1234567890A0),))
ROOT, ISSUING, DEVICE_ROOT, DEVICE_ISSUING = (each.certificate for each in PKI.authorities)


def of_device() -> Certificate:
    certificate = PKI.credentials[-1].certificate
    assert certificate is not None
    return certificate


def of_organisation() -> Certificate:
    certificate = PKI.credentials[0].certificate
    assert certificate is not None
    return certificate


def test_path_leads_to_the_root() -> None:
    authorities = PKI.keys.authorities

    assert validate_path(of_device(), authorities, NOW) == (
        of_device(),
        DEVICE_ISSUING,
        DEVICE_ROOT,
    )
    assert validate_path(of_organisation(), authorities, NOW) == (
        of_organisation(),
        ISSUING,
        ROOT,
    )


@pytest.mark.parametrize(
    "authorities",
    [(), (ROOT,), (DEVICE_ISSUING,), (ISSUING, ROOT), (of_device(),)],
)
def test_path_that_breaks_off_is_refused(authorities: tuple[Certificate, ...]) -> None:
    with pytest.raises(ProtectionError, match="no way on from") as refused:
        validate_path(of_device(), authorities, NOW)

    assert (refused.value.rule, refused.value.offset) == (Rule.CERTIFICATE_PATH, 0)


def test_authority_of_another_pki_with_the_same_name_is_no_issuer() -> None:
    others = make_pki(2, ()).keys.authorities

    with pytest.raises(ProtectionError, match="no way on from"):
        validate_path(of_device(), others, NOW)


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "CN=a"},
        {"subject": "OU=z"},
        {"subject_key": bytes(20)},
        {"subject_key": b"\xff" * 20},
        {"usage": CertificateUsage.DIGITAL_SIGNATURE},
    ],
)
def test_issuer_has_the_name_the_key_and_the_usage_and_signed(other: dict[str, Any]) -> None:
    another = replace(DEVICE_ISSUING, **other)

    assert of_device().issued_by(another)
    with pytest.raises(ProtectionError, match="no way on from"):
        validate_path(of_device(), (another, DEVICE_ROOT), NOW)


def authority(number: int, issuer: int) -> Certificate:
    """The certificate of an authority by the number of its key and name, and that of its issuer."""
    key, signer = (derive_private_key(each, SECP256R1()) for each in (number, issuer))
    usage = dict.fromkeys(inspect.signature(x509.KeyUsage).parameters, False)
    made = (
        x509.CertificateBuilder()
        .serial_number(1)
        .subject_name(name(number))
        .issuer_name(name(issuer))
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .public_key(key.public_key())
        .add_extension(x509.KeyUsage(**usage | {"key_cert_sign": True}), critical=True)
        .sign(signer, SHA256())
    )
    return Certificate.decode(made.public_bytes(Encoding.DER))


def name(number: int) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"authority {number}")])


def test_path_of_four_certificates_is_followed_to_its_root_and_no_longer_one() -> None:
    """Root and issuing authority make three; there is room for one more."""
    chain = [authority(1, 1), authority(2, 1), authority(3, 2), authority(4, 3), authority(5, 4)]

    assert validate_path(chain[3], chain, NOW) == tuple(chain[3::-1])
    with pytest.raises(ProtectionError, match="no way on from"):
        validate_path(chain[4], chain, NOW)


def test_authorities_that_issued_each_other_lead_nowhere() -> None:
    circle = [authority(1, 2), authority(2, 1)]

    with pytest.raises(ProtectionError, match="no way on from"):
        validate_path(circle[0], circle, NOW)


def test_signature_counts_and_not_names_alone() -> None:
    impostor = replace(
        make_pki(2, ()).authorities[3].certificate, subject_key=DEVICE_ISSUING.subject_key
    )

    with pytest.raises(ProtectionError, match="no way on from"):
        validate_path(of_device(), (impostor, DEVICE_ROOT), NOW)


def test_expired_authority_makes_the_path_invalid() -> None:
    expired = replace(DEVICE_ISSUING, not_after=datetime(2025, 12, 22, 23, 59, 59, tzinfo=UTC))

    with pytest.raises(ProtectionError, match="2015-01-01 to 2025-12-22, not at 2026-01-05"):
        validate_path(of_device(), (expired, DEVICE_ROOT), NOW)


def test_certificate_is_not_valid_before_its_time() -> None:
    with pytest.raises(ProtectionError) as refused:
        require_valid(of_device(), datetime(2014, 1, 1, tzinfo=UTC))

    assert (refused.value.rule, refused.value.offset) == (Rule.CERTIFICATE_VALIDITY, 0)
