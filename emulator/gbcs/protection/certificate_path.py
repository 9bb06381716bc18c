"""Path validation: from a certificate to a root the lab trusts, at a given moment.

SMKI paths are short: root, issuing authority, end entity. What is checked at each step: the
signature, the names and key identifiers, the validity, and that an authority may sign certificates.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.protection.refusal import ProtectionError, Rule

MAXIMUM_PATH: Final = 4
"""Certificates in the longest path that is followed."""


def validate_path(
    certificate: Certificate, authorities: Iterable[Certificate], moment: datetime
) -> tuple[Certificate, ...]:
    """The path from a certificate to a self-signed authority, both included.

    Args:
        certificate: of the party.
        authorities: roots that are trusted, and issuing authorities.
        moment: at which all must be valid; with its time zone.

    Raises:
        ProtectionError: when the path breaks off, or a certificate on it is not valid.
    """
    known = tuple(authorities)
    path = [certificate]
    while len(path) <= MAXIMUM_PATH:
        current = path[-1]
        require_valid(current, moment)
        issuer = _issuer(current, known)
        if issuer is None:
            break
        if issuer.der == current.der:
            return tuple(path)
        path.append(issuer)
    reason = f"no way on from {path[-1].issuer}"
    raise ProtectionError(Rule.CERTIFICATE_PATH, "Certificate.issuer", 0, reason)


def require_valid(certificate: Certificate, moment: datetime) -> None:
    """Let a certificate pass that is valid at `moment`.

    Raises:
        ProtectionError: when it is not valid yet, or no longer.
    """
    if not certificate.valid_at(moment):
        raise ProtectionError(
            Rule.CERTIFICATE_VALIDITY,
            "Certificate.validity",
            0,
            f"valid from {certificate.not_before:%Y-%m-%d} to {certificate.not_after:%Y-%m-%d}, "
            f"not at {moment:%Y-%m-%d %H:%M:%S}",
        )


def _issuer(certificate: Certificate, authorities: Sequence[Certificate]) -> Certificate | None:
    """Who made a certificate, of the authorities that are known."""
    for authority in authorities:
        if (
            authority.usage is CertificateUsage.CERTIFICATE_SIGNING
            and authority.subject == certificate.issuer
            and authority.subject_key == (certificate.authority_key or authority.subject_key)
            and certificate.issued_by(authority)
        ):
            return authority
    return None
