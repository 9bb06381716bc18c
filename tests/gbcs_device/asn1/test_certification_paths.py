"""Paths from a certificate to a trusted authority."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.asn1.certification_paths import leads_to_trust
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import bench_pki

ROOT, ISSUING, DEVICE_ROOT, DEVICE_ISSUING = (each.certificate for each in bench_pki().authorities)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def supplier() -> Certificate:
    keys = bench_pki().keys
    found = keys.find(min(keys.with_role(RemotePartyRole.SUPPLIER)), KeyUse.DIGITAL_SIGNATURE)
    assert found is not None
    assert found.certificate is not None
    return found.certificate


def test_a_path_goes_through_an_issuing_authority_to_the_root() -> None:
    assert leads_to_trust(supplier(), (ISSUING, ROOT), (ROOT,), NOW)


def test_a_path_may_end_at_a_trusted_issuing_authority() -> None:
    assert leads_to_trust(supplier(), (ISSUING,), (ISSUING,), NOW)


def test_a_path_with_a_gap_leads_nowhere() -> None:
    assert not leads_to_trust(supplier(), (ROOT,), (ROOT,), NOW)


def test_a_root_that_came_with_the_command_is_not_trusted() -> None:
    assert not leads_to_trust(supplier(), (ISSUING, ROOT), (DEVICE_ROOT,), NOW)


def test_an_authority_of_the_same_name_with_another_key_is_no_issuer() -> None:
    other = make_pki(2, ()).authorities
    assert other[1].certificate.subject == ISSUING.subject

    known = tuple(each.certificate for each in other)
    assert not leads_to_trust(supplier(), known, (known[0],), NOW)


def test_a_supplier_that_signs_a_certificate_is_no_authority() -> None:
    forged = _issued_by_supplier()

    assert forged.issued_by(supplier())
    assert not leads_to_trust(forged, (supplier(), ISSUING, ROOT), (ROOT,), NOW)


def _issued_by_supplier() -> Certificate:
    """Another certificate for the supplier's key, which that key signed itself."""
    found = bench_pki().keys.find(supplier().eui64 or Eui64(0), KeyUse.DIGITAL_SIGNATURE)
    assert found is not None
    assert found.private_key is not None
    real = x509.load_der_x509_certificate(supplier().der)
    builder = (
        x509.CertificateBuilder()
        .serial_number(7)
        .issuer_name(real.subject)
        .subject_name(x509.Name([*real.subject.rdns[0]]))
        .not_valid_before(real.not_valid_before_utc)
        .not_valid_after(real.not_valid_after_utc)
        .public_key(found.public_key)
    )
    for each in real.extensions:
        builder = builder.add_extension(each.value, each.critical)
    signed = builder.sign(found.private_key, SHA256())
    return Certificate.decode(signed.public_bytes(Encoding.DER))


def test_all_of_a_path_must_be_valid_at_its_moment() -> None:
    early = datetime(2014, 12, 31, tzinfo=UTC)

    assert not leads_to_trust(supplier(), (ISSUING, ROOT), (ROOT,), early)
    assert leads_to_trust(supplier(), (ISSUING, ROOT), (ROOT,), None)
