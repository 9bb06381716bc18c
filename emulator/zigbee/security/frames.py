"""Frame protection that NWK and APS share: auxiliary header, nonce, AES-CCM* (R22 4.3, 4.4, 4.5).

The security level is 5 (ENC-MIC-32) in every network of the stack profiles 1 and 2, and travels as
zero: the receiver writes it back before it verifies (R22 4.3.1.1 step 8, 4.3.1.2 step 2).
"""

import struct
from functools import lru_cache
from typing import Annotated, Final

from emulator.crypto.ccm_star import SecurityLevel, open_sealed, seal
from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U8, U32, Bits, Flag, OpenEnum, UInt, When
from emulator.wire.struct import Struct

LEVEL: Final = SecurityLevel.ENC_MIC_32
MIC_LENGTH: Final = LEVEL.mic_length
_LEVEL: Final = int(LEVEL)
"""A whole number of no enumeration is joined with another several times faster."""
_NONCE: Final = struct.Struct("<QIB")
"""Sender, frame counter, security control (R22 Figure 4-21)."""
_EUI64_SIZE: Final = 8
_AFTER_COUNTER: Final = 5
"""Octets of an auxiliary header up to and including its frame counter (R22 4.5.1)."""

Naming = tuple[bytes, bytes]
"""What an auxiliary header has before its frame counter and after it."""


class KeyIdentifier(OpenEnum):
    """Which key protects the frame (R22 Table 4-31)."""

    DATA = 0
    NETWORK = 1
    KEY_TRANSPORT = 2
    KEY_LOAD = 3


_NETWORK: Final = KeyIdentifier.NETWORK


class AuxiliaryHeader(Struct):
    """Auxiliary frame header (R22 4.5.1); `level` is zero on the air."""

    level: Annotated[int, Bits(3)]
    key_identifier: Annotated[KeyIdentifier, Bits(2)]
    extended_nonce: Flag
    reserved: Annotated[int, Bits(2)]
    frame_counter: U32
    source: Annotated[Eui64 | None, UInt(8), When(lambda aux: aux.extended_nonce)] = None
    key_sequence: Annotated[U8 | None, When(lambda aux: aux.key_identifier is _NETWORK)] = None


def auxiliary_header(
    key_identifier: KeyIdentifier,
    frame_counter: int,
    *,
    source: Eui64 | None = None,
    key_sequence: int | None = None,
) -> AuxiliaryHeader:
    """The header as sent; `source` given puts the sender's EUI-64 into it (extended nonce)."""
    return AuxiliaryHeader(
        0, key_identifier, source is not None, 0, frame_counter, source, key_sequence
    )


def seal_frame(
    key: bytes, header: bytes, auxiliary: AuxiliaryHeader, payload: bytes, sender: Eui64
) -> bytes:
    """The auxiliary header as sent, the encrypted payload and its MIC.

    Args:
        key: 16 octets.
        header: the NWK or APS header before the auxiliary header; authenticated, not encrypted.
        auxiliary: as `auxiliary_header` makes it.
        payload: what is encrypted.
        sender: EUI-64 that goes into the nonce, whether or not it travels.
    """
    sent = auxiliary.encode()
    around = sent[:1], sent[_AFTER_COUNTER:]
    return seal_next(key, header, (around, auxiliary.frame_counter), payload, sender)


@lru_cache(maxsize=1024)
def naming(
    key_identifier: KeyIdentifier, source: Eui64 | None = None, key_sequence: int | None = None
) -> Naming:
    """What an auxiliary header says of the key: the same in every frame of one sender."""
    sent = auxiliary_header(key_identifier, 0, source=source, key_sequence=key_sequence).encode()
    return sent[:1], sent[_AFTER_COUNTER:]


def seal_next(
    key: bytes, header: bytes, auxiliary: tuple[Naming, int], payload: bytes, sender: Eui64
) -> bytes:
    """As `seal_frame`, for a sender that seals frame after frame.

    Args:
        key: 16 octets.
        header: the NWK or APS header before the auxiliary header; authenticated, not encrypted.
        auxiliary: what `naming` gave, and the frame counter.
        payload: what is encrypted.
        sender: EUI-64 that goes into the nonce, whether or not it travels.
    """
    (control, after), frame_counter = auxiliary
    nonce = _NONCE.pack(sender, frame_counter, control[0] | _LEVEL)
    # The nonce ends as the header begins: the frame counter, and the control octet with its level.
    counted = nonce[_EUI64_SIZE:-1] + after
    return control + counted + seal(key, nonce, header + nonce[-1:] + counted, payload, LEVEL)


def open_frame(
    key: bytes, header: bytes, auxiliary: AuxiliaryHeader, sealed: bytes, sender: Eui64
) -> bytes:
    """The payload that `sealed` (ciphertext and MIC, after the auxiliary header) protects.

    Raises:
        SecurityError: when the MIC does not verify, or there is none.
    """
    sent = auxiliary.encode()
    at = len(header)
    frame = header + sent + sealed
    return open_at(key, frame, (at, at + len(sent)), auxiliary.frame_counter, sender)


def open_at(
    key: bytes, frame: bytes, bounds: tuple[int, int], frame_counter: int, sender: Eui64
) -> bytes:
    """The payload that a frame protects, whose auxiliary header was read already.

    Args:
        key: 16 octets.
        frame: as it came, from its NWK or APS header on.
        bounds: the octets at which its auxiliary header begins and has ended.
        frame_counter: of the auxiliary header.
        sender: EUI-64 that goes into the nonce, whether or not it travelled.

    Raises:
        SecurityError: when the MIC does not verify, or there is none.
    """
    at, after = bounds
    nonce = _NONCE.pack(sender, frame_counter, frame[at] & 0xF8 | _LEVEL)
    authenticated = frame[:at] + nonce[-1:] + frame[at + 1 : after]
    return open_sealed(key, nonce, authenticated, frame[after:], LEVEL)
