from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.protection.signature import sign, verifies

KEY = derive_private_key(
    0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, SECP256R1()
)
"""The key of RFC 6979 A.2.5."""
SAMPLE = bytes.fromhex(
    "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
    "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
)
"""r and s over "sample" with SHA-256, from the same clause."""


def test_signature_is_that_of_rfc_6979() -> None:
    assert sign(KEY, b"sample") == SAMPLE


def test_signature_of_the_rfc_verifies() -> None:
    assert verifies(KEY.public_key(), SAMPLE, b"sample")


def test_signature_of_other_octets_does_not_verify() -> None:
    assert not verifies(KEY.public_key(), SAMPLE, b"simple")


@given(st.binary(min_size=64, max_size=64))
def test_any_64_octets_are_refused_without_a_fault(signature: bytes) -> None:
    assert not verifies(KEY.public_key(), signature, b"sample")


def test_signature_of_zeros_and_of_ones_is_refused() -> None:
    assert not verifies(KEY.public_key(), bytes(64), b"sample")
    assert not verifies(KEY.public_key(), b"\xff" * 64, b"sample")


def test_the_same_numbers_in_another_length_are_no_signature() -> None:
    longer = SAMPLE[:32] + b"\x00" + SAMPLE[32:]
    octets = next(
        each for each in map(str.encode, map(str, range(2000))) if sign(KEY, each)[32] == 0
    )
    shorter = sign(KEY, octets)[:32] + sign(KEY, octets)[33:]

    assert verifies(KEY.public_key(), sign(KEY, octets), octets)
    assert not verifies(KEY.public_key(), longer, b"sample")
    assert not verifies(KEY.public_key(), shorter, octets)
    assert not verifies(KEY.public_key(), b"", b"sample")
