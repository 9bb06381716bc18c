import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from emulator.duis.smki import BAD_PARAMETERS, NOT_FOUND, SmkiRepository
from emulator.gbcs.pki import make_pki, organisation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64, format_eui64

METER = Eui64(0x00DB1234567890A0)
SUPPLIER = organisation(RemotePartyRole.SUPPLIER).eui64
PKI = make_pki(1, [METER])
REPOSITORY = SmkiRepository(each.certificate for each in PKI.credentials if each.certificate)


def search(name: str, eui64: int, more: str = "") -> bytes:
    text = format_eui64(eui64).lower()
    body = f"<{name}>{text}</{name}>{more}"
    return f"<CertificateSearchRequest>{body}</CertificateSearchRequest>".encode()


def said(octets: bytes, name: str) -> list[str]:
    return [str(each.text) for each in etree.fromstring(octets).iter(name)]


def test_the_certificates_of_a_device_are_found_and_retrieved() -> None:
    reply = REPOSITORY.search(search("CertificateSubjectAltName", METER))

    assert sorted(said(reply.octets, "CertificateUsage")) == ["DS", "KA"]
    for serial in said(reply.octets, "CertificateSerial"):
        got = REPOSITORY.retrieve(
            f"<CertificateDataRequest><CertificateSerial>{serial}</CertificateSerial>"
            "</CertificateDataRequest>".encode()
        )
        assert said(got.octets, "CertificateSubjectAltName") == [format_eui64(METER)]
        assert len(said(got.octets, "CertificateBody")) == 1


def test_organisations_have_a_role() -> None:
    more = "<CertificateUsage>DS</CertificateUsage>"
    reply = REPOSITORY.search(search("CertificateSubjectName", SUPPLIER, more))

    assert said(reply.octets, "CertificateRole") == ["2"]


def test_what_is_not_there_is_not_found() -> None:
    assert REPOSITORY.search(search("CertificateSubjectAltName", 1)).status == NOT_FOUND
    assert REPOSITORY.search(search("CertificateSubjectAltName", SUPPLIER)).status == NOT_FOUND
    request = (
        b"<CertificateDataRequest><CertificateSerial>1</CertificateSerial></CertificateDataRequest>"
    )
    assert REPOSITORY.retrieve(request).status == NOT_FOUND


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"<a/>",
        b"<CertificateSearchRequest/>",
        b"<CertificateDataRequest/>",
        b"<CertificateDataRequest><CertificateSerial>x</CertificateSerial></CertificateDataRequest>",
        b"<!DOCTYPE a><CertificateSearchRequest/>",
    ],
)
def test_wrong_parameters_are_told(octets: bytes) -> None:
    assert REPOSITORY.search(octets).status == BAD_PARAMETERS
    assert REPOSITORY.retrieve(octets).status == BAD_PARAMETERS


@given(st.binary(max_size=100))
def test_any_octets_are_answered(octets: bytes) -> None:
    assert REPOSITORY.search(octets).status in (200, BAD_PARAMETERS, NOT_FOUND)
