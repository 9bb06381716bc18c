"""Signatures: ECDSA on P-256 with SHA-256, r and s of 32 octets each (GBCS 4.3.2).

Signing is deterministic (RFC 6979), so that equal runs give equal octets.
"""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

SIGNATURE_LENGTH: Final = 64
_HALF: Final = SIGNATURE_LENGTH // 2
_VERIFYING: Final = ECDSA(SHA256())
_SIGNING: Final = ECDSA(SHA256(), deterministic_signing=True)


def sign(private_key: EllipticCurvePrivateKey, octets: bytes) -> bytes:
    """The 64-octet signature of `octets`."""
    r, s = decode_dss_signature(private_key.sign(octets, _SIGNING))
    return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


def verifies(public_key: EllipticCurvePublicKey, signature: bytes, octets: bytes) -> bool:
    """Whether a 64-octet signature of `octets` was made with the key's other half."""
    if len(signature) != SIGNATURE_LENGTH:
        return False
    r = int.from_bytes(signature[:_HALF], "big")
    s = int.from_bytes(signature[_HALF:], "big")
    try:
        public_key.verify(encode_dss_signature(r, s), octets, _VERIFYING)
    except InvalidSignature:
        return False
    return True
