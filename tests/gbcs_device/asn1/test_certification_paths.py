"""Paths from a certificate to a trusted authority."""

from datetime import UTC, datetime

from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.asn1.certification_paths import leads_to_trust
from emulator.testing.remote_party_bench import bench_pki

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


def test_a_party_that_signs_for_others_is_no_authority() -> None:
    assert not leads_to_trust(DEVICE_ISSUING, (supplier(),), (ROOT,), NOW)


def test_all_of_a_path_must_be_valid_at_its_moment() -> None:
    early = datetime(2014, 12, 31, tzinfo=UTC)

    assert not leads_to_trust(supplier(), (ISSUING, ROOT), (ROOT,), early)
    assert leads_to_trust(supplier(), (ISSUING, ROOT), (ROOT,), None)
