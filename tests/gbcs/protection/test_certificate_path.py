from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.certificate_path import require_valid, validate_path
from emulator.gbcs.protection.certificates import Certificate
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

    assert refused.value.rule is Rule.CERTIFICATE_PATH


def test_authority_of_another_pki_with_the_same_name_is_no_issuer() -> None:
    others = make_pki(2, ()).keys.authorities

    with pytest.raises(ProtectionError, match="no way on from"):
        validate_path(of_device(), others, NOW)


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

    assert refused.value.rule is Rule.CERTIFICATE_VALIDITY
