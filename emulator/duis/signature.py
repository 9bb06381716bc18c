"""Signatures on DUIS documents: enveloped, exclusive C14N, ECDSA with SHA-256 (XMLDSig; DUIS 5.4).

The signer's certificate is named by issuer and serial number and is found by the latter. Documents
are signed as they are sent, without white space between elements: DCC's own tool strips it before
it verifies.
"""

import re
from dataclasses import replace
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from emulator.duis.certificates import Signer, SigningCertificates
from emulator.duis.refusal import SignatureRefusal
from emulator.duis.tree import SIGNATURE_NAMESPACE
from emulator.kernel.errors import LocalError

_DS: Final = f"{{{SIGNATURE_NAMESPACE}}}"
_EXCLUSIVE: Final = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
_INCLUSIVE: Final = CanonicalizationMethod.CANONICAL_XML_1_0
"""What a reference without a word about it is written in (XMLDSig 4.4.3.2), as DCC's tool does."""
_CONFIGURATION: Final = SignatureConfiguration(
    require_x509=False,
    location="./",
    expect_references=1,
    signature_methods=frozenset((SignatureMethod.ECDSA_SHA256,)),
    digest_algorithms=frozenset((DigestAlgorithm.SHA256,)),
    ignore_ambiguous_key_info=True,
    default_reference_c14n_method=_INCLUSIVE,
)
_PARSER: Final = etree.XMLParser(resolve_entities=False)
"""As the library makes one for each of the six copies that it takes; any thread may use it."""
_ALLOWED_TRANSFORMS: Final = frozenset(
    (f"{SIGNATURE_NAMESPACE}enveloped-signature", _EXCLUSIVE.value, _INCLUSIVE.value)
)
"""Enough to take the signature out and to write the rest canonically; others could hide parts."""
_BROKEN: Final = (
    SignXMLException,
    etree.LxmlError,
    UnsupportedAlgorithm,
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
"""What verifying a signature that was made up can end in."""


def sign(root: etree._Element, signer: Signer) -> etree._Element:
    """A copy of a document with a signature as its last element.

    Raises:
        LocalError: when the private key is not at hand.
    """
    if signer.private_key is None:
        raise LocalError("the private key to sign a document with is not at hand")
    made = XMLSigner(
        signature_algorithm=SignatureMethod.ECDSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=_EXCLUSIVE,
    )
    signed: etree._Element = made.sign(root, key=signer.private_key, key_info=_key_info(signer))
    return signed


def verify(root: etree._Element, known: SigningCertificates) -> Signer:
    """Who signed a document; whether the certificate was valid by then is for who knows the time.

    Raises:
        SignatureRefusal: when nobody did, nobody known, or something was changed since.
    """
    signatures = list(root.iter(f"{_DS}Signature"))
    if not signatures:
        raise SignatureRefusal("not signed")
    if len(signatures) > 1 or signatures[0].getparent() is not root:
        raise SignatureRefusal("expected one signature, and that directly below the root")
    _check_reference(signatures[0])
    signer = known.find(_serial(signatures[0]))
    if signer is None:
        raise SignatureRefusal("signed under a certificate that is not known")
    # The library would hold the certificate against the clock of the machine.
    within = replace(_CONFIGURATION, verification_time=signer.read.not_valid_before_utc)
    try:
        result: Any = XMLVerifier().verify(
            root,
            x509_cert=signer.read,
            expect_config=within,
            validate_schema=False,
            parser=_PARSER,
        )
    except _BROKEN as fault:
        raise SignatureRefusal(f"the signature does not verify: {fault}") from None
    covered = result.signed_xml
    if covered is None or covered.tag != root.tag:
        raise SignatureRefusal("the signature does not cover the whole document")
    return signer


def _check_reference(signature: etree._Element) -> None:
    references = list(signature.iter(f"{_DS}Reference"))
    if [each.get("URI") for each in references] != [""]:
        raise SignatureRefusal("expected one reference, and that to the whole document")
    found = {str(each.get("Algorithm")) for each in references[0].iter(f"{_DS}Transform")}
    if not found <= _ALLOWED_TRANSFORMS:
        raise SignatureRefusal("a transform that DUIS does not use")


def _serial(signature: etree._Element) -> int:
    path = f"{_DS}KeyInfo/{_DS}X509Data/{_DS}X509IssuerSerial/{_DS}X509SerialNumber"
    text = (signature.findtext(path) or "").strip()
    if re.fullmatch("[0-9]{1,60}", text) is None:
        raise SignatureRefusal("names no certificate by its serial number")
    return int(text)


def _key_info(signer: Signer) -> etree._Element:
    info = etree.Element(f"{_DS}KeyInfo", nsmap={"ds": SIGNATURE_NAMESPACE})
    data = etree.SubElement(info, f"{_DS}X509Data")
    named = etree.SubElement(data, f"{_DS}X509IssuerSerial")
    etree.SubElement(named, f"{_DS}X509IssuerName").text = signer.read.issuer.rfc4514_string()
    etree.SubElement(named, f"{_DS}X509SerialNumber").text = str(signer.serial)
    return info
