import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.crypto.cbke import (
    Suite,
    agree,
    decode_certificate,
    ephemeral,
    key_pair,
    reconstruct_public_key,
)
from emulator.crypto.certificate_authority import (
    OTHER_TEST_ISSUER,
    TEST_ISSUER,
    CertificateAuthority,
)
from emulator.crypto.certificates import Suite2Certificate
from emulator.crypto.scalar_multiplication import PurePython
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream

both_suites = pytest.mark.parametrize("suite", list(Suite))
eui64s = st.integers(0, 2**64 - 1).map(Eui64)


@both_suites
@given(eui64=eui64s, key=st.text(max_size=4))
@settings(max_examples=15)
def test_issued_identity_holds_together(suite: Suite, eui64: Eui64, key: str) -> None:
    authority = CertificateAuthority.test(suite)

    identity = authority.issue(eui64, Stream(key))
    public = reconstruct_public_key(suite, identity.certificate, identity.ca_public_key)

    assert suite.curve.compress(public) == key_pair(suite, identity.private_key).public
    assert decode_certificate(suite, identity.certificate).subject == identity.eui64 == eui64
    assert identity.ca_public_key == authority.public_key
    assert len(identity.certificate) == suite.certificate_length


@both_suites
def test_two_issued_devices_agree(suite: Suite) -> None:
    authority, stream = CertificateAuthority.test(suite), Stream("agree")
    one, other = authority.issue(Eui64(1), stream), authority.issue(Eui64(2), stream)
    once, once_other = ephemeral(suite, stream), ephemeral(suite, stream)

    by_one = agree(one, once, other.certificate, once_other.public, initiator=True)
    by_other = agree(other, once_other, one.certificate, once.public, initiator=False)

    assert by_one == by_other


@both_suites
def test_devices_of_two_authorities_come_to_different_keys(suite: Suite) -> None:
    stream = Stream("strangers")
    one = CertificateAuthority.test(suite).issue(Eui64(1), stream)
    stranger = CertificateAuthority.other_test(suite).issue(Eui64(2), stream)
    once, once_stranger = ephemeral(suite, stream), ephemeral(suite, stream)

    by_one = agree(one, once, stranger.certificate, once_stranger.public, initiator=True)
    by_stranger = agree(stranger, once_stranger, one.certificate, once.public, initiator=False)

    assert by_one.link_key != by_stranger.link_key
    assert by_one.mac_u != by_stranger.mac_u
    assert by_one.mac_v != by_stranger.mac_v


@both_suites
def test_test_authorities_say_that_they_are(suite: Suite) -> None:
    test, other = CertificateAuthority.test(suite), CertificateAuthority.other_test(suite)

    assert test.issuer_id.to_bytes(8, "big") == b"HANLTEST"
    assert other.issuer_id.to_bytes(8, "big") == b"OTHRTEST"
    assert test.public_key != other.public_key


@both_suites
def test_certificates_name_their_issuer(suite: Suite) -> None:
    for authority, issuer in (
        (CertificateAuthority.test(suite), TEST_ISSUER),
        (CertificateAuthority.other_test(suite), OTHER_TEST_ISSUER),
    ):
        identity = authority.issue(Eui64(7), Stream("issuer"))

        assert decode_certificate(suite, identity.certificate).issuer == issuer


def test_suite_2_certificates_say_what_those_of_the_annex_say() -> None:
    identity = CertificateAuthority.test(Suite.SECT283K1).issue(Eui64(7), Stream("fields"))
    certificate = Suite2Certificate.decode(identity.certificate)

    assert (certificate.type, certificate.curve, certificate.hash) == (0, 0x0D, 0x08)
    assert (certificate.valid_from, certificate.valid_for) == (1_577_836_800, 0xFFFFFFFF)
    assert certificate.key_usage == 0x88


def test_suite_1_certificates_start_their_attributes_with_the_profile() -> None:
    identity = CertificateAuthority.test(Suite.SECT163K1).issue(Eui64(7), Stream("fields"))

    assert identity.certificate[-10:] == bytes.fromhex("0109 0000 000000000000")


@both_suites
def test_equal_streams_issue_equal_identities_whoever_multiplies(suite: Suite) -> None:
    one = CertificateAuthority.test(suite).issue(Eui64(1), Stream("same"))
    same = CertificateAuthority.test(suite, PurePython()).issue(Eui64(1), Stream("same"))
    other = CertificateAuthority.test(suite).issue(Eui64(1), Stream("other"))

    assert one == same
    assert one != other


@both_suites
def test_private_key_out_of_range_is_refused(suite: Suite) -> None:
    for private_key in (-1, 0, suite.curve.order):
        with pytest.raises(LocalError, match="between 1 and the order less 1"):
            CertificateAuthority(suite, private_key, TEST_ISSUER)


@both_suites
def test_smallest_private_key_has_the_generator_as_its_public_key(suite: Suite) -> None:
    authority = CertificateAuthority(suite, 1, TEST_ISSUER)

    assert authority.public_key == suite.curve.compress(suite.curve.generator)
