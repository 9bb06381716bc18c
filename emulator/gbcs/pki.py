"""A test PKI in the shape of SMKI: authorities, organisations and devices, all from a seed.

For test only: whoever knows the seed knows every private key. Equal seeds give equal octets, so
that two runs, or two laboratories, agree without exchanging files. The authorities are two pairs of
root and issuing authority, one for organisations and one for devices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID, ObjectIdentifier

from emulator.gbcs.protection.certificates import (
    HARDWARE_MODULE_NAME,
    Certificate,
    CertificateUsage,
)
from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.streams import Streams

NOT_BEFORE: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""Start of every validity: the date that the reference test data are made for."""
NOT_AFTER: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""No end, as RFC 5280 4.1.2.5 writes it and device certificates have it."""
POLICY: Final = ObjectIdentifier("1.2.826.0.1.8641679.1.2.1.4")
"""Certificate policy of the organisations of the reference test data."""
HARDWARE_TYPE_DER: Final = bytes.fromhex("06 09 2B 06 01 04 01 81 FD 59 01")
"""hwType 1.3.6.1.4.1.32473.1: under the enterprise number for documentation (RFC 5612)."""

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of P-256 (FIPS 186-4 D.1.2.3)."""
_ORGANISATION_BASE: Final = 0x02_48_41_4E_4F_52_47_00
"""EUI-64s of the organisations made here: locally administered, HANORG and the role."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A remote party that gets certificates.

    Args:
        eui64: its name in messages.
        role: what it may do.
        uses: which keys it gets.
    """

    eui64: Eui64
    role: RemotePartyRole
    uses: tuple[KeyUse, ...]


def organisation(role: RemotePartyRole, *uses: KeyUse) -> Organisation:
    """The organisation of a role that this PKI has unless told otherwise."""
    return Organisation(Eui64(_ORGANISATION_BASE + role), role, uses)


_SIGNS_AND_AGREES: Final = (KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)
DEFAULT_ORGANISATIONS: Final = (
    organisation(RemotePartyRole.RECOVERY, KeyUse.DIGITAL_SIGNATURE),
    organisation(RemotePartyRole.SUPPLIER, *KeyUse),
    organisation(RemotePartyRole.NETWORK_OPERATOR, *_SIGNS_AND_AGREES),
    organisation(RemotePartyRole.ACCESS_CONTROL_BROKER, *_SIGNS_AND_AGREES),
    organisation(RemotePartyRole.TRANSITIONAL_CHANGE_OF_SUPPLIER, KeyUse.DIGITAL_SIGNATURE),
    organisation(RemotePartyRole.WAN_PROVIDER, *_SIGNS_AND_AGREES),
    organisation(RemotePartyRole.LOAD_CONTROLLER, *_SIGNS_AND_AGREES),
)


@dataclass(frozen=True, slots=True)
class AuthorityKey:
    """An authority that issues certificates.

    Args:
        name: of its files.
        certificate: its own.
        private_key: what it signs with.
    """

    name: str
    certificate: Certificate
    private_key: EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Pki:
    """A whole test PKI.

    Args:
        authorities: each root before the authority it issued.
        credentials: of organisations and devices, with private keys.
    """

    authorities: tuple[AuthorityKey, ...]
    credentials: tuple[Credential, ...]

    @property
    def keys(self) -> KeyStore:
        """Everything, ready for use."""
        return KeyStore(self.credentials, [each.certificate for each in self.authorities])

    def files(self) -> dict[str, bytes]:
        """The PEM files by name, as `load_keys` reads them."""
        files: dict[str, bytes] = {}
        for authority in self.authorities:
            files[f"{authority.name}.pem"] = certificate_pem(authority.certificate)
            files[f"{authority.name}.key"] = private_key_pem(authority.private_key)
        return files | credential_files(self.credentials)


def make_pki(
    seed: int,
    devices: Iterable[Eui64],
    organisations: Iterable[Organisation] = DEFAULT_ORGANISATIONS,
) -> Pki:
    """The test PKI of a seed, with certificates for devices and organisations.

    Whose certificates there are beside it changes nothing in a certificate.

    Args:
        seed: any number.
        devices: each gets a key to sign with and one to agree with.
        organisations: remote parties, each with the keys of its role.

    Raises:
        UsageError: when a device or an organisation is there twice.
    """
    press = _Press(Streams(seed))
    organisation_root, organisation_issuing = press.authorities("organisation")
    device_root, device_issuing = press.authorities("device")
    credentials = [
        press.organisation_credential(each, use, organisation_issuing)
        for each in organisations
        for use in each.uses
    ]
    credentials += [
        press.device_credential(device, use, device_issuing)
        for device in devices
        for use in _SIGNS_AND_AGREES
    ]
    seen = set()
    for credential in credentials:
        key = (credential.eui64, credential.use)
        if key in seen:
            raise UsageError(f"{format_eui64(credential.eui64)} is in the PKI twice")
        seen.add(key)
    authorities = (organisation_root, organisation_issuing, device_root, device_issuing)
    return Pki(authorities, tuple(credentials))


def credential_files(credentials: Iterable[Credential]) -> dict[str, bytes]:
    """The PEM files of credentials by name: `EUI64-USE.pem`, and `.key` for private keys."""
    files: dict[str, bytes] = {}
    for credential in credentials:
        stem = f"{credential.eui64:016x}-{credential.use.value}"
        if credential.certificate is not None:
            files[f"{stem}.pem"] = certificate_pem(credential.certificate)
        elif credential.private_key is None:
            files[f"{stem}.pem"] = credential.public_key.public_bytes(
                Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
            )
        if credential.private_key is not None:
            files[f"{stem}.key"] = private_key_pem(credential.private_key)
    return files


def certificate_pem(certificate: Certificate) -> bytes:
    """A certificate as a PEM file."""
    return x509.load_der_x509_certificate(certificate.der).public_bytes(Encoding.PEM)


def private_key_pem(key: EllipticCurvePrivateKey) -> bytes:
    """A private key as a PEM file, not encrypted."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What a certificate is to say."""

    subject: x509.Name
    public_key: EllipticCurvePublicKey
    usage: CertificateUsage
    serial: int
    alternative: x509.SubjectAlternativeName | None = None
    path_length: int | None = None


class _Press:
    """Makes keys and certificates with all numbers from the streams of a seed."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def authorities(self, kind: str) -> tuple[AuthorityKey, AuthorityKey]:
        """A root and the issuing authority below it."""
        root = self._authority(f"{kind}-root", RemotePartyRole.ROOT, None)
        return root, self._authority(f"{kind}-issuing", RemotePartyRole.ISSUING_AUTHORITY, root)

    def organisation_credential(
        self, owner: Organisation, use: KeyUse, issuer: AuthorityKey
    ) -> Credential:
        """A key of an organisation: role in the OU, EUI-64 in the unique identifier."""
        unique = x509.NameAttribute(
            NameOID.X500_UNIQUE_IDENTIFIER,
            b"\x00" + owner.eui64.to_bytes(8, "big"),
            _ASN1Type.BitString,
        )
        subject = x509.Name([_unit(owner.role), unique])
        return self._credential(owner.eui64, use, issuer, subject)

    def device_credential(self, device: Eui64, use: KeyUse, issuer: AuthorityKey) -> Credential:
        """A key of a device: no subject, EUI-64 as the serial number of its hardware."""
        serial = b"\x04\x08" + device.to_bytes(8, "big")
        body = HARDWARE_TYPE_DER + serial
        name = x509.OtherName(HARDWARE_MODULE_NAME, b"\x30" + bytes((len(body),)) + body)
        alternative = x509.SubjectAlternativeName([name])
        return self._credential(device, use, issuer, x509.Name([]), alternative)

    def _credential(
        self,
        eui64: Eui64,
        use: KeyUse,
        issuer: AuthorityKey,
        subject: x509.Name,
        alternative: x509.SubjectAlternativeName | None = None,
    ) -> Credential:
        name = f"{eui64:016x}-{use.value}"
        key = self._key(name)
        request = _Request(
            subject=subject,
            public_key=key.public_key(),
            usage=use.usage,
            serial=self._serial(name),
            alternative=alternative,
        )
        certificate = _issue(request, issuer.private_key, issuer.certificate)
        return Credential(
            eui64=eui64,
            use=use,
            public_key=key.public_key(),
            certificate=certificate,
            private_key=key,
        )

    def _authority(
        self, name: str, role: RemotePartyRole, issuer: AuthorityKey | None
    ) -> AuthorityKey:
        key = self._key(name)
        common = x509.NameAttribute(NameOID.COMMON_NAME, f"hanlab test {name}")
        request = _Request(
            subject=x509.Name([_unit(role), common]),
            public_key=key.public_key(),
            usage=CertificateUsage.CERTIFICATE_SIGNING,
            serial=self._serial(name),
            path_length=1 if issuer is None else 0,
        )
        if issuer is None:
            return AuthorityKey(name, _issue(request, key, None), key)
        return AuthorityKey(name, _issue(request, issuer.private_key, issuer.certificate), key)

    def _key(self, name: str) -> EllipticCurvePrivateKey:
        number = self._streams.stream(name, "private key").integer(1, _ORDER - 1)
        return derive_private_key(number, SECP256R1())

    def _serial(self, name: str) -> int:
        """16 octets, the first below 80, so that the number is positive (RFC 5280 4.1.2.2)."""
        return self._streams.stream(name, "serial number").integer(2**120, 2**127 - 1)


def _unit(role: RemotePartyRole) -> x509.NameAttribute[str]:
    return x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{role:02X}")


def _issue(
    request: _Request, signing_key: EllipticCurvePrivateKey, issuer: Certificate | None
) -> Certificate:
    """The certificate for a request; its issuer is None when it signs for itself."""
    issuer_name = (
        request.subject if issuer is None else x509.load_der_x509_certificate(issuer.der).subject
    )
    builder = (
        x509.CertificateBuilder()
        .serial_number(request.serial)
        .issuer_name(issuer_name)
        .subject_name(request.subject)
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(NOT_AFTER)
        .public_key(request.public_key)
        .add_extension(_key_usage(request.usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier(_key_id(request.public_key)), critical=False)
        .add_extension(
            x509.CertificatePolicies([x509.PolicyInformation(POLICY, None)]), critical=True
        )
    )
    if issuer is not None:
        authority_key = x509.AuthorityKeyIdentifier(issuer.subject_key, None, None)
        builder = builder.add_extension(authority_key, critical=False)
    if request.alternative is not None:
        builder = builder.add_extension(request.alternative, critical=True)
    if request.path_length is not None:
        constraints = x509.BasicConstraints(ca=True, path_length=request.path_length)
        builder = builder.add_extension(constraints, critical=True)
    signed = builder.sign(signing_key, SHA256(), ecdsa_deterministic=True)
    return Certificate.decode(signed.public_bytes(Encoding.DER))


def _key_usage(usage: CertificateUsage) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=usage is CertificateUsage.DIGITAL_SIGNATURE,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=usage is CertificateUsage.KEY_AGREEMENT,
        key_cert_sign=usage is CertificateUsage.CERTIFICATE_SIGNING,
        crl_sign=usage is CertificateUsage.CERTIFICATE_SIGNING,
        encipher_only=False,
        decipher_only=False,
    )


def _key_id(public_key: EllipticCurvePublicKey) -> bytes:
    """Eight octets: 0100 and the last 60 bits of the SHA-1 of the key (RFC 5280 4.2.1.2)."""
    point = public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    last = int.from_bytes(sha1(point, usedforsecurity=False).digest()[-8:], "big")
    return (last & (2**60 - 1) | 4 << 60).to_bytes(8, "big")
