"""The two implicit (ECQV) certificate formats of the Key Establishment cluster (ZSE 1.4 Annex C.4).

A certificate holds no public key and no signature: the key is reconstructed from the certificate
and the authority's public key, and only the subject knows the private key that belongs to it.
"""

from datetime import UTC, datetime
from typing import Annotated, Final

from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U8, Fixed, UInt
from emulator.wire.struct import Struct

Eui64BigEndian = Annotated[Eui64, UInt(8, "big")]

IMPLICIT: Final = 0
"""Type of a suite 2 certificate: implicit, without extensions."""
SECT283K1_CURVE: Final = 0x0D
AES_MMO_HASH: Final = 0x08
AGREEMENT_AND_SIGNATURE: Final = 0x88
"""Key usage of the suite 2 certificates of Annex C.6; others may have 08, agreement alone."""
FOREVER: Final = 0xFFFFFFFF
_YEAR_10000: Final = 253_402_300_800
"""In Unix seconds; no calendar here goes so far."""


class Suite1Certificate(Struct):
    """A certificate on sect163k1, 48 octets, most significant first (ZSE 1.4 Annex C.4)."""

    public_reconstruction: Annotated[bytes, Fixed(22)]
    """The compressed point that, with the authority's key, gives the subject's public key."""
    subject: Eui64BigEndian
    issuer: Eui64BigEndian
    attributes: Annotated[bytes, Fixed(10)]
    """The authority's own; those seen start with the profile, 0109."""


class Suite2Certificate(Struct):
    """A certificate on sect283k1, 74 octets, most significant first (ZSE 1.4 Annex C.4)."""

    type: U8
    serial: Annotated[int, UInt(8, "big")]
    curve: U8
    hash: U8
    issuer: Eui64BigEndian
    valid_from: Annotated[int, UInt(5, "big")]
    """Seconds since 1970-01-01."""
    valid_for: Annotated[int, UInt(4, "big")]
    """Seconds; FFFFFFFF stands for ever."""
    subject: Eui64BigEndian
    key_usage: U8
    public_reconstruction: Annotated[bytes, Fixed(37)]
    """The compressed point that, with the authority's key, gives the subject's public key."""


Certificate = Suite1Certificate | Suite2Certificate


def out_of_date(certificate: Certificate, at: int) -> str:
    """Why a certificate is not valid at a moment; empty when it is, or carries no dates (suite 1).

    Args:
        certificate: as it was decoded.
        at: seconds since 1970-01-01, as in the certificate.
    """
    if isinstance(certificate, Suite1Certificate):
        return ""
    begin, lasting = certificate.valid_from, certificate.valid_for
    if at < begin:
        return f"not valid before {_day(begin)}"
    if lasting != FOREVER and at >= begin + lasting:
        return f"expired {_day(begin + lasting)}"
    return ""


def _day(at: int) -> str:
    if at >= _YEAR_10000:
        return f"second {at} since 1970"
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"
