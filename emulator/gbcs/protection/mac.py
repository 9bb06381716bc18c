"""The MAC of a message: AES-128-GMAC cut to 12 octets (GBCS 6.2.2 and 4.3.3)."""

from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from emulator.gbcs.protection.kdf import initialisation_vector
from emulator.kernel.identity import Eui64

MAC_LENGTH: Final = 12
_AUTHENTICATED_HEADER: Final = bytes.fromhex("11 0000000000")
"""Security control and the lengths of the five empty elements of the MAC header."""


def gmac(key: bytes, originator: Eui64, covered: bytes) -> bytes:
    """The whole 16-octet GMAC over octets in the name of `originator`."""
    return AESGCM(key).encrypt(initialisation_vector(originator), b"", covered)


def message_mac(key: bytes, originator: Eui64, grouped: bytes) -> bytes:
    """The 12-octet MAC of a grouped message, from its tag to its signature."""
    return gmac(key, originator, _AUTHENTICATED_HEADER + grouped)[:MAC_LENGTH]
