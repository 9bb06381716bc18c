"""Keys from a folder of PEM and DER files, as key stores and test sets hand them out.

A certificate says itself whose it is and for what; a private key belongs to the certificate with
its public half. Only what neither tells is taken from the file's name, `EUI64-USE.EXTENSION`: that
a key agreement key is for prepayment (`pp-ka`), and the owner of a key without certificate.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    load_pem_public_key,
)

from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.kernel.errors import UsageError, WireError
from emulator.kernel.identity import Eui64, format_eui64

EXTENSIONS: Final = (".pem", ".crt", ".cer", ".der", ".key")
MAXIMUM_SIZE: Final = 0x1_0000
"""Octets of the largest file that is read."""

_NAMED: Final = re.compile(r"(?P<eui64>[0-9a-f]{16})-(?P<use>ds|ka|pp-ka)", re.IGNORECASE)
_PREPAYMENT: Final = re.compile(r"-pp-ka|-pp\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """What a folder holds.

    Args:
        keys: every key of every party.
        notes: what a person should know: files that say one thing and hold another.
    """

    keys: KeyStore
    notes: tuple[str, ...]


def load_keys(folder: Path) -> KeyFolder:
    """The keys in the files of a folder.

    Raises:
        UsageError: when there is no such folder or no key in it, or with a line for each file
            that holds no key.
    """
    try:
        paths = sorted(each for each in folder.iterdir() if each.suffix.lower() in EXTENSIONS)
    except OSError as fault:
        raise UsageError(f"{folder}: cannot be read: {fault.strerror}") from fault
    if not paths:
        raise UsageError(f"{folder}: no keys there, expected files *{', *'.join(EXTENSIONS)}")
    reader = _Reader()
    for path in paths:
        reader.read(path)
    if reader.problems:
        raise UsageError(*reader.problems)
    return reader.folder()


@dataclass(slots=True)
class _Reader:
    """Gathers what the files hold, and brings it together at the end."""

    problems: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _certificates: list[tuple[Path, Certificate]] = field(default_factory=list)
    _private: dict[bytes, tuple[Path, EllipticCurvePrivateKey]] = field(default_factory=dict)
    _public: list[tuple[Path, EllipticCurvePublicKey]] = field(default_factory=list)

    def read(self, path: Path) -> None:
        """Take in one file."""
        try:
            self._take(path, path.read_bytes())
        except OSError as fault:
            self.problems.append(f"{path}: cannot be read: {fault.strerror}")
        except (ValueError, TypeError, UnsupportedAlgorithm, WireError) as fault:
            self.problems.append(f"{path}: {fault}")

    def _take(self, path: Path, octets: bytes) -> None:
        if len(octets) > MAXIMUM_SIZE:
            raise ValueError(f"{len(octets)} octets, at most {MAXIMUM_SIZE}")
        if b"PRIVATE KEY-----" in octets:
            self._take_private(path, load_pem_private_key(octets, None))
        elif b"BEGIN PUBLIC KEY" in octets:
            key = load_pem_public_key(octets)
            if not isinstance(key, EllipticCurvePublicKey):
                raise TypeError("expected a key on P-256")
            self._public.append((path, key))
        elif b"BEGIN CERTIFICATE" in octets:
            for read in x509.load_pem_x509_certificates(octets):
                der = read.public_bytes(Encoding.DER)
                self._certificates.append((path, Certificate.decode(der)))
        elif path.suffix.lower() == ".key":
            self._take_private(path, load_der_private_key(octets, None))
        else:
            self._certificates.append((path, Certificate.decode(octets)))

    def _take_private(self, path: Path, key: object) -> None:
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise TypeError("expected a key on P-256")
        self._private[_point(key.public_key())] = (path, key)

    def folder(self) -> KeyFolder:
        """What the files hold together."""
        credentials: dict[tuple[Eui64, KeyUse], Credential] = {}
        authorities = []
        for path, certificate in self._certificates:
            if certificate.usage is CertificateUsage.CERTIFICATE_SIGNING:
                authorities.append(certificate)
                continue
            self._add(credentials, path, certificate)
        for path, key in self._public:
            self._add_bare(credentials, path, key)
        vouched = {_point(authority.public_key) for authority in authorities}
        for point, (path, private) in self._private.items():
            if point not in vouched:
                self._add_bare(credentials, path, private.public_key())
        return KeyFolder(KeyStore(credentials.values(), authorities), tuple(self._notes))

    def _add(
        self,
        credentials: dict[tuple[Eui64, KeyUse], Credential],
        path: Path,
        certificate: Certificate,
    ) -> None:
        if certificate.eui64 is None:
            self._notes.append(f"{path.name}: names no EUI-64; not used")
            return
        named = _NAMED.match(path.name)
        if named is not None and int(named["eui64"], 16) != certificate.eui64:
            self._notes.append(f"{path.name}: is for {format_eui64(certificate.eui64)}")
        use = _use(path, certificate)
        key = (certificate.eui64, use)
        before = credentials.get(key)
        if before is not None and _point(before.public_key) != _point(certificate.public_key):
            self._notes.append(
                f"{path.name}: another {use.value} key of {format_eui64(certificate.eui64)}; "
                "the one before it is used"
            )
            return
        credentials[key] = Credential(
            eui64=certificate.eui64,
            use=use,
            public_key=certificate.public_key,
            certificate=certificate,
            private_key=self._private_half(certificate.public_key),
        )

    def _add_bare(
        self,
        credentials: dict[tuple[Eui64, KeyUse], Credential],
        path: Path,
        public_key: EllipticCurvePublicKey,
    ) -> None:
        """Add a key that no certificate vouches for, under the name of its file."""
        point = _point(public_key)
        if any(_point(each.public_key) == point for each in credentials.values()):
            return
        named = _NAMED.match(path.name)
        if named is None:
            self._notes.append(f"{path.name}: belongs to no certificate, and its name to nobody")
            return
        eui64, use = Eui64(int(named["eui64"], 16)), KeyUse(named["use"].lower())
        if (eui64, use) in credentials:
            self._notes.append(f"{path.name}: is not the key of {format_eui64(eui64)}; not used")
            return
        bare = Credential(eui64=eui64, use=use, public_key=public_key)
        credentials[eui64, use] = replace(bare, private_key=self._private_half(public_key))

    def _private_half(self, public_key: EllipticCurvePublicKey) -> EllipticCurvePrivateKey | None:
        found = self._private.get(_point(public_key))
        return None if found is None else found[1]


def _use(path: Path, certificate: Certificate) -> KeyUse:
    if certificate.usage is CertificateUsage.DIGITAL_SIGNATURE:
        return KeyUse.DIGITAL_SIGNATURE
    if _PREPAYMENT.search(path.stem) is not None:
        return KeyUse.PREPAYMENT_KEY_AGREEMENT
    return KeyUse.KEY_AGREEMENT


def _point(public_key: EllipticCurvePublicKey) -> bytes:
    return public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
