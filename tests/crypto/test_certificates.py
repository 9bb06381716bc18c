from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.certificates import (
    AES_MMO_HASH,
    AGREEMENT_AND_SIGNATURE,
    FOREVER,
    IMPLICIT,
    SECT283K1_CURVE,
    Suite1Certificate,
    Suite2Certificate,
    out_of_date,
)
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.testing.strategies.strategies import any_octets, structs

SUITE_1 = bytes.fromhex(
    "020615E07D30ECA2DAD58002E667D94BC1B422398307"  # public reconstruction
    "0000000000000002"  # subject
    "5445535453454341"  # issuer, reads TESTSECA
    "01090006000000000000"  # attributes
)
SUITE_2 = bytes.fromhex(
    "00"  # type
    "84A933B37F018DEC"  # serial
    "0D"  # curve
    "08"  # hash
    "1112131415161718"  # issuer
    "005292A38A"  # valid from
    "FFFFFFFF"  # valid for
    "0A0B0C0D0E0F1012"  # subject
    "88"  # key usage
    "03076277E2F7E2252B16A0E92B6E8771BB3F207946CBD4A45D9A9DF6EDAB8C796A48E89DEC"
)


def test_suite_1_certificate_of_annex_c_5_is_read_field_by_field() -> None:
    certificate = Suite1Certificate.decode(SUITE_1)

    assert certificate.public_reconstruction == SUITE_1[:22]
    assert certificate.subject == Eui64(2)
    assert certificate.issuer == Eui64(0x5445535453454341)
    assert certificate.attributes == bytes.fromhex("01090006000000000000")
    assert certificate.encode() == SUITE_1


def test_suite_2_certificate_of_annex_c_6_is_read_field_by_field() -> None:
    certificate = Suite2Certificate.decode(SUITE_2)

    assert certificate == Suite2Certificate(
        type=0,
        serial=0x84A933B37F018DEC,
        curve=0x0D,
        hash=0x08,
        issuer=Eui64(0x1112131415161718),
        valid_from=0x005292A38A,
        valid_for=0xFFFFFFFF,
        subject=Eui64(0x0A0B0C0D0E0F1012),
        key_usage=0x88,
        public_reconstruction=SUITE_2[-37:],
    )
    assert certificate.encode() == SUITE_2


def test_certificate_of_annex_c_6_is_implicit_for_both_uses_and_for_ever() -> None:
    certificate = Suite2Certificate.decode(SUITE_2)

    assert (certificate.type, certificate.curve, certificate.hash) == (
        IMPLICIT,
        SECT283K1_CURVE,
        AES_MMO_HASH,
    )
    assert (certificate.key_usage, certificate.valid_for) == (AGREEMENT_AND_SIGNATURE, FOREVER)


BEGIN = 1_385_341_834
"""0x5292A38A: 2013-11-25 01:10:34 UTC."""
DAY = 86_400


@pytest.mark.parametrize(
    ("valid_for", "at", "told"),
    [
        (FOREVER, BEGIN - 1, "not valid before 2013-11-25 01:10 UTC"),
        (FOREVER, BEGIN, ""),
        (FOREVER, BEGIN + FOREVER, ""),
        (DAY, BEGIN, ""),
        (DAY, BEGIN + DAY - 1, ""),
        (DAY, BEGIN + DAY, "expired 2013-11-26 01:10 UTC"),
        (FOREVER - 1, BEGIN + FOREVER, "expired 2150-01-01 07:38 UTC"),
        (0, BEGIN, "expired 2013-11-25 01:10 UTC"),
    ],
)
def test_certificate_is_valid_from_its_first_second_and_not_at_its_last(
    valid_for: int, at: int, told: str
) -> None:
    certificate = replace(Suite2Certificate.decode(SUITE_2), valid_for=valid_for)

    assert out_of_date(certificate, at) == told


@pytest.mark.parametrize(
    ("begin", "told"),
    [
        (253_402_300_799, "not valid before 9999-12-31 23:59 UTC"),
        (253_402_300_800, "not valid before second 253402300800 since 1970"),
    ],
)
def test_date_is_told_up_to_the_last_year_of_calendars(begin: int, told: str) -> None:
    certificate = replace(Suite2Certificate.decode(SUITE_2), valid_from=begin)

    assert out_of_date(certificate, 0) == told


@given(st.integers(0, 2**40))
def test_certificate_of_suite_1_carries_no_dates(at: int) -> None:
    assert out_of_date(Suite1Certificate.decode(SUITE_1), at) == ""


@given(structs(Suite1Certificate))
def test_suite_1_certificate_is_read_back(certificate: Suite1Certificate) -> None:
    assert Suite1Certificate.decode(certificate.encode()) == certificate


@given(structs(Suite2Certificate))
def test_suite_2_certificate_is_read_back(certificate: Suite2Certificate) -> None:
    assert Suite2Certificate.decode(certificate.encode()) == certificate


@pytest.mark.parametrize(("format_", "length"), [(Suite1Certificate, 48), (Suite2Certificate, 74)])
@given(octets=any_octets() | st.binary(min_size=48, max_size=48))
def test_any_octets_are_a_certificate_or_a_wire_error(
    format_: type[Suite1Certificate] | type[Suite2Certificate], length: int, octets: bytes
) -> None:
    if len(octets) == length:
        assert format_.decode(octets).encode() == octets
    else:
        with pytest.raises(WireError):
            format_.decode(octets)
