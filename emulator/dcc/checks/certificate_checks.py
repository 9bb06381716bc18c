"""Certificates in the parameters of a request: whole, valid and for their use (GBCS 13.3)."""

import base64
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.kernel.errors import WireError

_USAGES: Final = MappingProxyType(
    {
        "DigitalSigningCertificate": CertificateUsage.DIGITAL_SIGNATURE,
        "KeyAgreementCertificate": CertificateUsage.KEY_AGREEMENT,
        "KeyAgreementTopUpCertificate": CertificateUsage.KEY_AGREEMENT,
        "KAPublicSecurityCredentials": CertificateUsage.KEY_AGREEMENT,
    }
)
"""What the key of each is for (DUIS 5.4 replacement certificates)."""


def broken_certificate(parameters: Mapping[str, object], moment: datetime) -> str | None:
    """What is wrong with a certificate of a request at a moment; None when nothing is."""
    for name, value in _named(parameters):
        if name in _USAGES:
            broken = _broken(value, _USAGES[name], moment)
            if broken is not None:
                return f"{name}: {broken}"
    return None


def _named(parameters: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Every parameter, also inside of others."""
    for name, value in parameters.items():
        yield name, value
        if isinstance(value, Mapping):
            yield from _named(value)


def _broken(value: object, usage: CertificateUsage, moment: datetime) -> str | None:
    octets = certificate_octets(value)
    if octets is None:
        return "expected DER, or base 64 of it"
    try:
        certificate = Certificate.decode(octets)
    except WireError as error:
        return str(error)
    if certificate.usage is not usage:
        return f"its key is for {certificate.usage.value}, expected {usage.value}"
    if not certificate.valid_at(moment):
        return f"valid from {certificate.not_before:%Y-%m-%d} to {certificate.not_after:%Y-%m-%d}"
    return None


def certificate_octets(value: object) -> bytes | None:
    """The octets of a certificate: DER, or base 64 of it; None when it is neither."""
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except ValueError:
        return None
