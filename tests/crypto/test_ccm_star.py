import tomllib
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.ccm_star import SecurityLevel, open_sealed, seal
from emulator.kernel.errors import LocalError, SecurityError

VECTORS = tomllib.loads(
    (Path(__file__).parents[1] / "vectors" / "symmetric.toml").read_text(encoding="utf-8")
)["ccm_star"]
KEY = bytes.fromhex("C0C1C2C3 C4C5C6C7 C8C9CACB CCCDCECF")
NONCE = bytes.fromhex("ACDE480000000001 00000005 06")

keys = st.binary(min_size=16, max_size=16)
nonces = st.binary(min_size=13, max_size=13)
headers = st.binary(max_size=60)
messages = st.binary(max_size=100)
levels = st.sampled_from(SecurityLevel)


def block(key: bytes, octets: bytes) -> bytes:
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(octets)  # noqa: S305 - judge


def exclusive_or(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=False))


def filled(octets: bytes) -> bytes:
    return octets + bytes(-len(octets) % 16)


def slow_seal(
    key: bytes, nonce: bytes, header: bytes, message: bytes, level: SecurityLevel
) -> bytes:
    """CCM* block by block, straight from the text of R22 A.2."""
    size = {0: 0, 1: 4, 2: 8, 3: 16}[level % 4]
    clear, secret = (header, message) if level >= 4 else (header + message, b"")
    flags = (64 if clear else 0) + (8 * ((size - 2) // 2) if size else 0) + 1
    chain = block(key, bytes([flags]) + nonce + len(secret).to_bytes(2, "big"))
    prefix = len(clear).to_bytes(2, "big") if clear else b""
    authenticated = filled(prefix + clear) + filled(secret)
    for start in range(0, len(authenticated), 16):
        chain = block(key, exclusive_or(chain, authenticated[start : start + 16]))
    stream = [
        block(key, b"\x01" + nonce + number.to_bytes(2, "big"))
        for number in range(len(secret) // 16 + 2)
    ]
    body = exclusive_or(secret, b"".join(stream[1:])) if level >= 4 else message
    return body + exclusive_or(chain, stream[0])[:size]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["source"]))
def test_seals_and_opens_the_published_vectors(vector: dict[str, Any]) -> None:
    key, nonce, header, message, sealed = (
        bytes.fromhex(vector[name]) for name in ("key", "nonce", "header", "message", "sealed")
    )
    level = SecurityLevel(vector["level"])

    assert seal(key, nonce, header, message, level) == sealed
    assert open_sealed(key, nonce, header, sealed, level) == message


@given(keys, nonces, headers, messages, levels)
def test_every_level_agrees_with_the_text_of_the_annex(
    key: bytes, nonce: bytes, header: bytes, message: bytes, level: SecurityLevel
) -> None:
    expected = slow_seal(key, nonce, header, message, level)

    assert seal(key, nonce, header, message, level) == expected


@given(keys, nonces, headers, messages, levels)
def test_what_is_sealed_opens(
    key: bytes, nonce: bytes, header: bytes, message: bytes, level: SecurityLevel
) -> None:
    sealed = seal(key, nonce, header, message, level)

    assert open_sealed(key, nonce, header, sealed, level) == message
    assert len(sealed) == len(message) + level.mic_length


def test_level_is_enc_mic_32_unless_told() -> None:
    sealed = seal(KEY, NONCE, b"header", b"message")

    assert sealed == seal(KEY, NONCE, b"header", b"message", SecurityLevel.ENC_MIC_32)
    assert open_sealed(KEY, NONCE, b"header", sealed) == b"message"


@pytest.mark.parametrize(
    ("level", "mic_length", "encrypts"),
    [
        (SecurityLevel.NONE, 0, False),
        (SecurityLevel.MIC_32, 4, False),
        (SecurityLevel.MIC_64, 8, False),
        (SecurityLevel.MIC_128, 16, False),
        (SecurityLevel.ENC, 0, True),
        (SecurityLevel.ENC_MIC_32, 4, True),
        (SecurityLevel.ENC_MIC_64, 8, True),
        (SecurityLevel.ENC_MIC_128, 16, True),
    ],
)
def test_levels_are_those_of_table_4_40(
    level: SecurityLevel, mic_length: int, encrypts: bool
) -> None:
    assert level.mic_length == mic_length
    assert level.encrypts is encrypts


@given(st.sampled_from([level for level in SecurityLevel if level.mic_length]), st.data())
def test_any_changed_bit_is_refused(level: SecurityLevel, data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, NONCE, b"head", b"body of it", level))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SecurityError, match=f"{8 * level.mic_length}-bit MIC does not verify"):
        open_sealed(KEY, NONCE, b"head", bytes(sealed), level)


@pytest.mark.parametrize("level", [SecurityLevel.MIC_32, SecurityLevel.ENC_MIC_32])
def test_another_header_is_refused(level: SecurityLevel) -> None:
    sealed = seal(KEY, NONCE, b"head", b"body", level)

    with pytest.raises(SecurityError):
        open_sealed(KEY, NONCE, b"heaD", sealed, level)


@given(keys, nonces, headers, messages, levels)
def test_any_octets_open_or_are_refused(
    key: bytes, nonce: bytes, header: bytes, sealed: bytes, level: SecurityLevel
) -> None:
    try:
        message = open_sealed(key, nonce, header, sealed, level)
    except SecurityError:
        return

    assert seal(key, nonce, header, message, level) == sealed


@pytest.mark.parametrize("length", [0, 3])
def test_octets_too_few_for_the_mic_are_refused(length: int) -> None:
    with pytest.raises(SecurityError, match=f"^{length} octets hold no 4-octet MIC"):
        open_sealed(KEY, NONCE, b"", bytes(length))


@pytest.mark.parametrize("level", list(SecurityLevel))
@pytest.mark.parametrize("length", [0, 12, 14])
def test_caller_with_another_nonce_length_is_told(level: SecurityLevel, length: int) -> None:
    with pytest.raises(LocalError, match=f"nonce of {length} octets, expected 13"):
        seal(KEY, bytes(length), b"", b"message", level)
    with pytest.raises(LocalError, match=f"nonce of {length} octets, expected 13"):
        open_sealed(KEY, bytes(length), b"", bytes(20), level)


@pytest.mark.parametrize("level", [SecurityLevel.MIC_64, SecurityLevel.ENC, SecurityLevel(5)])
@pytest.mark.parametrize("length", [0, 15, 17, 24, 32])
def test_caller_with_another_key_length_is_told(level: SecurityLevel, length: int) -> None:
    with pytest.raises(LocalError, match=f"key of {length} octets, expected 16"):
        seal(bytes(length), NONCE, b"", b"message", level)
    with pytest.raises(LocalError, match=f"key of {length} octets, expected 16"):
        open_sealed(bytes(length), NONCE, b"", bytes(20), level)


def test_the_longest_message_is_65535_octets() -> None:
    longest = bytes(0xFFFF)

    sealed = seal(KEY, NONCE, b"", longest)

    assert open_sealed(KEY, NONCE, b"", sealed) == longest
    with pytest.raises(LocalError, match="65536 octets, at most 65535"):
        seal(KEY, NONCE, b"", longest + b"\x00")
