"""Whether a certificate leads to an authority that a device trusts (GBCS 13.3, RFC 5280 6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from emulator.gbcs.protection.certificates import Certificate, CertificateUsage

_LONGEST: Final = 4
"""Certificates in the longest path that is followed."""


def leads_to_trust(
    certificate: Certificate,
    known: Sequence[Certificate],
    trusted: Sequence[Certificate],
    moment: datetime | None,
) -> bool:
    """Whether a path goes from a certificate to a trusted one, each issued by the next.

    Args:
        certificate: of a remote party.
        known: authorities the path may go through.
        trusted: authorities it may end at.
        moment: at which all of the path must be valid; None leaves validity aside.
    """
    current = certificate
    for _ in range(_LONGEST):
        if moment is not None and not current.valid_at(moment):
            return False
        if any(current.der == each.der for each in trusted):
            return True
        issuer = _issuer(current, known)
        if issuer is None or issuer.der == current.der:
            return False
        current = issuer
    return False


def _issuer(certificate: Certificate, known: Sequence[Certificate]) -> Certificate | None:
    """The authority among these that signed a certificate."""
    for authority in known:
        if (
            authority.usage is CertificateUsage.CERTIFICATE_SIGNING
            and authority.subject == certificate.issuer
            and certificate.issued_by(authority)
        ):
            return authority
    return None
