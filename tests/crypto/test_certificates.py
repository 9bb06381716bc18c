import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.certificates import Suite1Certificate, Suite2Certificate
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
