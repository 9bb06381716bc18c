"""The key of one message, from the secret its two parties share (GBCS 4.3.3.3)."""

from hashlib import sha256
from struct import Struct
from typing import Final

from emulator.kernel.identity import Eui64

ENCRYPTION_PURPOSE: Final = 4
"""What stands in the place of the CRA when the key encrypts sensitive data."""

_ROUND: Final = bytes.fromhex("00000001")
"""First round of the concatenation KDF (NIST SP 800-56A); one round gives 32 octets."""
_ALGORITHM: Final = bytes.fromhex("60857406080300")
"""DLMS algorithm identifier of AES-GCM-128."""
_TRANSACTION_LENGTH: Final = 9
_PARTIES: Final = Struct(">QBBQQ")
"""Originator, length of the transaction id, its first octet, its counter, recipient."""


def derive_key(
    shared_secret: bytes, originator: Eui64, purpose: int, counter: int, recipient: Eui64
) -> bytes:
    """The 16-octet key for one message and one purpose.

    Args:
        shared_secret: 32 octets, x-coordinate of the agreed point.
        originator: who made the message.
        purpose: its CRA octet, or `ENCRYPTION_PURPOSE`.
        counter: originator counter of the message.
        recipient: whom it is for.
    """
    parties = _PARTIES.pack(originator, _TRANSACTION_LENGTH, purpose, counter, recipient)
    return sha256(_ROUND + shared_secret + _ALGORITHM + parties).digest()[:16]


def initialisation_vector(originator: Eui64) -> bytes:
    """12 octets, the same for every message of an originator: the key makes it unique."""
    return originator.to_bytes(8, "big") + bytes(4)
