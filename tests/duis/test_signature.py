from datetime import UTC, datetime

import pytest

from emulator.dcc.service_request import RequestId
from emulator.duis.certificates import Signer, SigningCertificates
from emulator.duis.document import parse_document
from emulator.duis.refusal import SignatureRefusal
from emulator.duis.request import write_request
from emulator.duis.signature import sign, verify
from emulator.duis.tree import compact
from emulator.gbcs.pki import make_pki, organisation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import LocalError
from emulator.testing.scenes.duis_scene import (
    duis_folder,
    read_registers,
    signed,
    signer,
    valid_until,
)

KEYS = make_pki(1, ()).keys
SUPPLIER = organisation(RemotePartyRole.SUPPLIER).eui64
OTHER = organisation(RemotePartyRole.NETWORK_OPERATOR).eui64
WHO = signer(KEYS, SUPPLIER)
KNOWN = SigningCertificates((WHO, signer(KEYS, OTHER)))
REQUEST = read_registers(RequestId(SUPPLIER, OTHER, 1))
OCTETS = signed(REQUEST, WHO)


def test_a_signature_verifies_and_tells_who_signed() -> None:
    assert verify(parse_document(OCTETS), KNOWN) == WHO


def test_the_clock_of_the_machine_decides_nothing() -> None:
    former = valid_until(WHO, datetime(2018, 1, 1, tzinfo=UTC))

    found = verify(parse_document(signed(REQUEST, former)), SigningCertificates((WHO, former)))

    assert found == former


def test_the_certificate_is_named_by_issuer_and_serial_only() -> None:
    assert f"<ds:X509SerialNumber>{WHO.serial}<".encode() in OCTETS
    assert b"X509Certificate" not in OCTETS
    assert b"KeyValue" not in OCTETS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sr:CommandVariant>1<", b"<sr:CommandVariant>4<"),
        (b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA"),
        (b"<ds:DigestValue>", b"<ds:DigestValue>AAAA"),
        (b'URI=""', b'URI="#a"'),
        (b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#rsa-sha256"),
        (b"xmlenc#sha256", b"xmldsig#sha1"),
        (b"xmldsig#enveloped-signature", b"xmldsig#base64"),
        (f"{WHO.serial}".encode(), b"1234567890"),
        (f"{WHO.serial}".encode(), b"x"),
        (b"<sr:Body>", b"<sr:Body><sr:Body/>"),
    ],
)
def test_what_was_changed_does_not_verify(old: bytes, new: bytes) -> None:
    assert old in OCTETS
    with pytest.raises(SignatureRefusal):
        verify(parse_document(OCTETS.replace(old, new)), KNOWN)


def test_a_document_that_nobody_signed_does_not_verify() -> None:
    with pytest.raises(SignatureRefusal, match="not signed"):
        verify(write_request(REQUEST), KNOWN)


def test_a_signature_on_a_part_beside_another_document_does_not_verify() -> None:
    inner = OCTETS.split(b"?>", 1)[1]
    wrapped = (
        b'<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway">%s</sr:Request>'
    )

    with pytest.raises(SignatureRefusal):
        verify(parse_document(wrapped % inner), KNOWN)


def test_two_signatures_do_not_verify() -> None:
    twice = sign(sign(write_request(REQUEST), WHO), WHO)

    with pytest.raises(SignatureRefusal, match="one signature"):
        verify(parse_document(compact(twice)), KNOWN)


def test_the_placeholders_of_the_published_templates_do_not_verify() -> None:
    for path in sorted((duis_folder() / "templates").glob("*.XML"))[:20]:
        with pytest.raises(SignatureRefusal):
            verify(parse_document(path.read_bytes()), KNOWN)


def test_nobody_signs_without_a_private_key() -> None:
    with pytest.raises(LocalError):
        sign(write_request(REQUEST), Signer(WHO.certificate))
