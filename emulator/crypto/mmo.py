"""The Matyas-Meyer-Oseas hash over AES-128 (R22 B.6) and HMAC over it (R22 B.1.4)."""

from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from emulator.kernel.errors import LocalError

BLOCK: Final = 16
DIGEST_LENGTH: Final = 16
SHORT_BITS: Final = 1 << 16
"""Messages from this many bits on carry a four-octet length and two zero octets (R22 B.6)."""
MESSAGE_LIMIT: Final = (1 << 32) // 8
"""Octets from which on no padding is defined (R22 B.6)."""

_ECB: Final = modes.ECB()  # noqa: S305 - one block at a time is what R22 B.6 builds on
_INNER: Final = bytes([0x36]) * BLOCK
_OUTER: Final = bytes([0x5C]) * BLOCK


def mmo(data: bytes) -> bytes:
    """The 16-octet AES-MMO hash of `data` (R22 B.6).

    Raises:
        LocalError: when `data` has 2^32 bits or more.
    """
    padded = _pad(data)
    digest = bytes(DIGEST_LENGTH)
    for start in range(0, len(padded), BLOCK):
        block = padded[start : start + BLOCK]
        encryptor = Cipher(algorithms.AES(digest), _ECB).encryptor()
        digest = _xor(encryptor.update(block), block)
    return digest


def hmac_mmo(key: bytes, data: bytes) -> bytes:
    """The keyed hash of `data` (R22 B.1.4: FIPS 198 over AES-MMO).

    Args:
        key: usually 16 octets; a longer one is hashed first, a shorter one filled with zeros.
        data: what is authenticated.
    """
    short = mmo(key) if len(key) > BLOCK else key
    block = short.ljust(BLOCK, b"\x00")
    inner = mmo(_xor(block, _INNER) + data)
    return mmo(_xor(block, _OUTER) + inner)


def _pad(data: bytes) -> bytes:
    if len(data) >= MESSAGE_LIMIT:
        raise LocalError(f"AES-MMO over {len(data)} octets, less than {MESSAGE_LIMIT} (R22 B.6)")
    bits = 8 * len(data)
    tail = bits.to_bytes(2, "big") if bits < SHORT_BITS else bits.to_bytes(4, "big") + b"\x00\x00"
    zeros = -(len(data) + 1 + len(tail)) % BLOCK
    return data + b"\x80" + bytes(zeros) + tail


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(BLOCK, "big")
