import tomllib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.mmo import hmac_mmo, mmo
from emulator.kernel.errors import LocalError

VECTORS = tomllib.loads(
    (Path(__file__).parents[1] / "vectors" / "symmetric.toml").read_text(encoding="utf-8")
)


def counting(length: int) -> bytes:
    return bytes(number & 0xFF for number in range(length))


class Endless(bytes):
    """Octets that claim to be half a gigabyte, to meet a limit without the memory."""

    def __len__(self) -> int:
        return 1 << 29


@pytest.mark.parametrize("vector", VECTORS["mmo"], ids=lambda vector: str(vector["source"]))
def test_hashes_the_published_vectors(vector: dict[str, str | int]) -> None:
    if "counting" in vector:
        message = counting(int(vector["counting"]))
    else:
        message = bytes.fromhex(str(vector["message"]))

    assert mmo(message) == bytes.fromhex(str(vector["digest"]))


@pytest.mark.parametrize("vector", VECTORS["hmac"], ids=lambda vector: str(vector["source"]))
def test_keyed_hash_of_the_published_vectors(vector: dict[str, str]) -> None:
    key, message = bytes.fromhex(vector["key"]), bytes.fromhex(vector["message"])

    assert hmac_mmo(key, message) == bytes.fromhex(vector["digest"])


def test_thirteen_octets_fill_one_block_with_their_padding() -> None:
    message = counting(13)
    block = message + bytes.fromhex("80 0068")  # one bit and zeros, then the length in bits

    encrypted = Cipher(algorithms.AES(bytes(16)), modes.ECB()).encryptor().update(block)  # noqa: S305 - judge

    assert mmo(message) == bytes(a ^ b for a, b in zip(encrypted, block, strict=True))


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_different_messages_hash_differently(one: bytes, other: bytes) -> None:
    assert (mmo(one) == mmo(other)) is (one == other)


@pytest.mark.parametrize("length", [13, 14, 15, 16, 29, 30])
def test_trailing_zero_at_a_block_edge_changes_the_hash(length: int) -> None:
    assert mmo(bytes(length)) != mmo(bytes(length + 1))


def test_short_key_is_filled_with_zeros() -> None:
    assert hmac_mmo(b"key", b"data") == hmac_mmo(b"key" + bytes(13), b"data")


def test_long_key_is_hashed_first() -> None:
    key = counting(17)

    assert hmac_mmo(key, b"data") == hmac_mmo(mmo(key), b"data")


def test_message_whose_length_has_no_padding_is_refused() -> None:
    with pytest.raises(LocalError, match="AES-MMO over 536870912 octets, less than 536870912"):
        mmo(Endless())
