"""Certificates by serial number, as the signatures of DUIS name them (XMLDSig X509IssuerSerial)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.protection.key_store import Credential

_REMEMBERED: Final = 1024
"""Certificates that are kept as they were read: more than there are users who sign."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs documents.

    Args:
        certificate: that verifies them.
        private_key: that signs them, when it is at hand.
    """

    certificate: Certificate
    private_key: EllipticCurvePrivateKey | None = None

    @property
    def read(self) -> x509.Certificate:
        """The certificate as libraries take it."""
        return _read(self.certificate.der)

    @property
    def serial(self) -> int:
        """The serial number, by which a signature names it."""
        return self.read.serial_number


class SigningCertificates:
    """The certificates that documents may be signed under; those for other uses are left out.

    Args:
        signers: in any order; of two with one serial number the first is kept.
    """

    def __init__(self, signers: Iterable[Signer]) -> None:
        self._by_serial: dict[int, Signer] = {}
        for signer in signers:
            if signer.certificate.usage is CertificateUsage.DIGITAL_SIGNATURE:
                self._by_serial.setdefault(signer.serial, signer)

    def __iter__(self) -> Iterator[Signer]:
        return iter(self._by_serial.values())

    def find(self, serial: int) -> Signer | None:
        """The certificate of a serial number, if it is known."""
        return self._by_serial.get(serial)


def signer_of(credential: Credential) -> Signer | None:
    """A credential as one that signs documents; None for a bare key."""
    if credential.certificate is None:
        return None
    return Signer(credential.certificate, credential.private_key)


@lru_cache(maxsize=_REMEMBERED)
def _read(der: bytes) -> x509.Certificate:
    """Reading one, and the key in it, takes as long as a signature with it."""
    return x509.load_der_x509_certificate(der)
