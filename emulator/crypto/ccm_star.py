"""AES-CCM* as Zigbee frames use it: 13-octet nonce, two-octet length field (R22 Annex A)."""

from enum import IntEnum
from functools import lru_cache
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

from emulator.kernel.errors import LocalError, SecurityError

KEY_LENGTH: Final = 16
NONCE_LENGTH: Final = 13
MESSAGE_LIMIT: Final = 0xFFFF
"""The longest message a two-octet length field counts (R22 A.2: L = 2)."""

_MIC_LENGTHS: Final = (0, 4, 8, 16)
_COUNTER_FLAGS: Final = b"\x01"
"""First octet of every counter block: L - 1 = 1 (R22 A.2.3)."""


class SecurityLevel(IntEnum):
    """What protects a frame (R22 Table 4-40)."""

    NONE = 0
    MIC_32 = 1
    MIC_64 = 2
    MIC_128 = 3
    ENC = 4
    ENC_MIC_32 = 5
    ENC_MIC_64 = 6
    ENC_MIC_128 = 7

    @property
    def mic_length(self) -> int:
        """How many octets of integrity code follow the payload: 0, 4, 8 or 16."""
        return _MIC_LENGTHS[self & 3]

    @property
    def encrypts(self) -> bool:
        """Whether the payload is encrypted; else it is at most authenticated."""
        return self >= SecurityLevel.ENC


_NONE: Final = SecurityLevel.NONE
_ENC: Final = SecurityLevel.ENC


def seal(
    key: bytes,
    nonce: bytes,
    header: bytes,
    message: bytes,
    level: SecurityLevel = SecurityLevel.ENC_MIC_32,
) -> bytes:
    """The protected message with its integrity code after it (R22 A.2).

    Args:
        key: 16 octets.
        nonce: 13 octets, in the order of R22 Figure 4-21.
        header: octets that are authenticated and stay readable.
        message: octets to protect; stays readable below level ENC.
        level: what to protect with.

    Raises:
        LocalError: when the key, nonce or message has a length that CCM* does not know.
    """
    if len(nonce) != NONCE_LENGTH or len(message) > MESSAGE_LIMIT:
        _refuse(nonce, len(message))
    if level > _ENC:
        return _cipher(key, level).encrypt(nonce, message, header)
    if level == _ENC:
        return _counter_mode(key, nonce, message)
    if level == _NONE:
        return message
    return message + _cipher(key, level).encrypt(nonce, b"", header + message)


def open_sealed(
    key: bytes,
    nonce: bytes,
    header: bytes,
    sealed: bytes,
    level: SecurityLevel = SecurityLevel.ENC_MIC_32,
) -> bytes:
    """The message that `seal` protected (R22 A.3).

    Raises:
        SecurityError: when the integrity code is missing or does not verify.
        LocalError: when the key or nonce has a length that CCM* does not know.
    """
    mic_length = _MIC_LENGTHS[level & 3]
    message_length = len(sealed) - mic_length
    if message_length < 0:
        raise SecurityError(f"{len(sealed)} octets hold no {mic_length}-octet MIC (R22 A.3)")
    if len(nonce) != NONCE_LENGTH or message_length > MESSAGE_LIMIT:
        _refuse(nonce, message_length)
    if not mic_length:
        return _counter_mode(key, nonce, sealed) if level == _ENC else sealed
    try:
        if level > _ENC:
            return _cipher(key, level).decrypt(nonce, sealed, header)
        message = sealed[:message_length]
        _cipher(key, level).decrypt(nonce, sealed[message_length:], header + message)
    except InvalidTag as fault:
        raise SecurityError(f"{8 * mic_length}-bit MIC does not verify (R22 A.3)") from fault
    return message


def _refuse(nonce: bytes, message_length: int) -> NoReturn:
    if len(nonce) != NONCE_LENGTH:
        raise LocalError(f"CCM* nonce of {len(nonce)} octets, expected {NONCE_LENGTH} (R22 A.2)")
    raise LocalError(f"CCM* message of {message_length} octets, at most {MESSAGE_LIMIT}")


def _check_key(key: bytes) -> None:
    if len(key) != KEY_LENGTH:
        raise LocalError(f"CCM* key of {len(key)} octets, expected {KEY_LENGTH} (R22 A.1)")


@lru_cache(maxsize=1024)
def _cipher(key: bytes, level: SecurityLevel) -> AESCCM:
    _check_key(key)
    return AESCCM(key, tag_length=level.mic_length)


def _counter_mode(key: bytes, nonce: bytes, message: bytes) -> bytes:
    """Counter blocks from 1 on: block 0 belongs to the MIC, also where there is none."""
    _check_key(key)
    first_block = _COUNTER_FLAGS + nonce + b"\x00\x01"
    cipher = Cipher(algorithms.AES(key), modes.CTR(first_block)).encryptor()
    return cipher.update(message) + cipher.finalize()
