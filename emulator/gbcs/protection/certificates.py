"""SMKI certificates: whose key it is, for what, and who says so (SMKI certificate profiles).

Organisations have their role as OU in hexadecimal and their EUI-64 in the unique identifier of the
subject. Devices have no subject; their EUI-64 is the serial number of a hardwareModuleName.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Final
from warnings import catch_warnings

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID, ObjectIdentifier

from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64

HARDWARE_MODULE_NAME: Final = ObjectIdentifier("1.3.6.1.5.5.7.8.4")
_EUI64_LENGTH: Final = 8
_UNIQUE_ID_LENGTH: Final = 9
"""A count of unused bits, always 0, and the EUI-64."""
_REMEMBERED: Final = 1024
"""Certificates whose reading is remembered: more than a home and its parties have."""

_NO_CERTIFICATE: Final = (
    ValueError,
    TypeError,
    CryptographyDeprecationWarning,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.ExtensionNotFound,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What reading octets that are no certificate of the profiles can end in."""


class CertificateUsage(Enum):
    """The one thing a certificate's key is for (its keyUsage)."""

    DIGITAL_SIGNATURE = "digital signature"
    KEY_AGREEMENT = "key agreement"
    CERTIFICATE_SIGNING = "certificate signing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What an SMKI certificate says.

    Args:
        der: the certificate itself.
        eui64: whose key it is; None for an authority, which has only a name.
        role: role of an organisation or authority; None for a device.
        usage: what the key is for.
        subject_key: subject key identifier, empty when it has none.
        authority_key: authority key identifier, empty when it has none.
        issuer: name of the issuer, as text.
        subject: name of the subject, as text; empty for a device.
        not_before: start of validity, UTC.
        not_after: end of validity, UTC.
        public_key: on P-256.
    """

    der: bytes
    eui64: Eui64 | None
    role: RemotePartyRole | None
    usage: CertificateUsage
    subject_key: bytes
    authority_key: bytes
    issuer: str
    subject: str
    not_before: datetime
    not_after: datetime
    public_key: EllipticCurvePublicKey

    @classmethod
    def decode(cls, der: bytes) -> "Certificate":
        """The certificate in DER octets.

        Raises:
            WireError: when it is no certificate, or none that the profiles allow.
        """
        return _decoded(der)

    def issued_by(self, authority: "Certificate") -> bool:
        """Whether the authority's key made this certificate's signature."""
        certificate = x509.load_der_x509_certificate(self.der)
        try:
            authority.public_key.verify(
                certificate.signature, certificate.tbs_certificate_bytes, ECDSA(SHA256())
            )
        except InvalidSignature:
            return False
        return True

    def valid_at(self, moment: datetime) -> bool:
        """Whether `moment`, with its time zone, lies in the certificate's validity."""
        return self.not_before <= moment <= self.not_after


@lru_cache(maxsize=_REMEMBERED)
def _decoded(der: bytes) -> Certificate:
    """The same octets are the same certificate: a device that is restored reads its own again."""
    try:
        with catch_warnings(action="error", category=CryptographyDeprecationWarning):
            return _read(x509.load_der_x509_certificate(der))
    except _NO_CERTIFICATE as fault:
        raise WireError("Certificate", 0, str(fault)) from fault


def _read(read: x509.Certificate) -> Certificate:
    public_key = read.public_key()
    if not isinstance(public_key, EllipticCurvePublicKey) or not isinstance(
        public_key.curve, SECP256R1
    ):
        raise WireError("Certificate.public_key", 0, "expected a point on P-256")
    extensions = read.extensions
    return Certificate(
        der=read.public_bytes(Encoding.DER),
        eui64=_eui64(read.subject, extensions),
        role=_role(read.subject),
        usage=_usage(extensions),
        subject_key=_subject_key(extensions),
        authority_key=_authority_key(extensions),
        issuer=read.issuer.rfc4514_string(),
        subject=read.subject.rfc4514_string(),
        not_before=read.not_valid_before_utc,
        not_after=read.not_valid_after_utc,
        public_key=public_key,
    )


def _eui64(subject: x509.Name, extensions: x509.Extensions) -> Eui64 | None:
    """Whose certificate it is, from its subject or its hardware module; None for an authority."""
    for attribute in subject.get_attributes_for_oid(NameOID.X500_UNIQUE_IDENTIFIER):
        value = attribute.value
        if not isinstance(value, bytes) or len(value) != _UNIQUE_ID_LENGTH or value[0]:
            raise WireError("Certificate.subject", 0, "unique identifier is no EUI-64")
        return Eui64(int.from_bytes(value[1:], "big"))
    for extension in extensions:
        if isinstance(extension.value, x509.SubjectAlternativeName):
            for name in extension.value.get_values_for_type(x509.OtherName):
                if name.type_id == HARDWARE_MODULE_NAME:
                    return _hardware_serial(name.value)
    return None


def _hardware_serial(name: bytes) -> Eui64:
    """The serial number that ends a hardwareModuleName (RFC 4108 5): 04 08 and the EUI-64."""
    if name[-_EUI64_LENGTH - 2 : -_EUI64_LENGTH] != b"\x04\x08":
        raise WireError("Certificate.subject_alt_name", 0, "serial number is no EUI-64")
    return Eui64(int.from_bytes(name[-_EUI64_LENGTH:], "big"))


def _role(subject: x509.Name) -> RemotePartyRole | None:
    for attribute in subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME):
        try:
            return RemotePartyRole(int(str(attribute.value), 16))
        except ValueError:
            raise WireError(
                "Certificate.subject", 0, f"OU {attribute.value!r}, expected a role in hexadecimal"
            ) from None
    return None


def _usage(extensions: x509.Extensions) -> CertificateUsage:
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    if usage.key_cert_sign:
        return CertificateUsage.CERTIFICATE_SIGNING
    if usage.digital_signature is usage.key_agreement:
        raise WireError(
            "Certificate.key_usage", 0, "expected one of digital signature and key agreement"
        )
    if usage.digital_signature:
        return CertificateUsage.DIGITAL_SIGNATURE
    return CertificateUsage.KEY_AGREEMENT


def _subject_key(extensions: x509.Extensions) -> bytes:
    for extension in extensions:
        if isinstance(extension.value, x509.SubjectKeyIdentifier):
            return extension.value.digest
    return b""


def _authority_key(extensions: x509.Extensions) -> bytes:
    for extension in extensions:
        if isinstance(extension.value, x509.AuthorityKeyIdentifier):
            return extension.value.key_identifier or b""
    return b""
