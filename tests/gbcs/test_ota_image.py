from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.ota_image import (
    MAXIMUM_IMAGE,
    Firmware,
    OtaImage,
    sign_firmware,
)
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.strategies import any_octets

PRIVATE_KEY = derive_private_key(0x1234567890ABCDEF, SECP256R1())
FIRMWARE = Firmware(
    manufacturer=0x10C7,
    image_type=0x0001,
    version=0x01020304,
    hardware=(0x0100, 0x01FF),
    image=b"image of the maker",
)
HEADER = bytes.fromhex(
    "1EF1EE0B"  # file identifier
    "0001"  # header version
    "3C00"  # header length
    "0400"  # field control: hardware versions
    "C710"  # manufacturer
    "0100"  # image type
    "04030201"  # file version
    "0200"  # stack version
) + bytes(32)
TAIL = bytes.fromhex("900000000001FF01")
"""Total size, lowest and highest hardware version."""


def file_octets() -> bytes:
    return sign_firmware(FIRMWARE, PRIVATE_KEY).encode()


def test_file_is_header_image_and_signature() -> None:
    octets = file_octets()

    assert octets[:60] == HEADER + TAIL
    assert octets[60:78] == FIRMWARE.image
    assert octets[78:80] == bytes.fromhex("00 40")
    assert len(octets) == 0x90


def test_hash_and_name_are_those_of_the_makers_image() -> None:
    image = OtaImage.decode(file_octets())

    digest = sha256(FIRMWARE.image)
    assert image.image_hash == digest.digest()
    assert image.file_name == f"10C7-0001-01020304-{digest.hexdigest().upper()}.zigbee"


def test_signature_is_that_of_the_signer_and_covers_the_image() -> None:
    image = OtaImage.decode(file_octets())
    image.require_signed_by(PRIVATE_KEY.public_key())

    with pytest.raises(ProtectionError) as refused:
        replace(image, image=b"another").require_signed_by(PRIVATE_KEY.public_key())

    assert refused.value.rule is Rule.SIGNATURE


def test_signing_twice_gives_the_same_file() -> None:
    assert file_octets() == file_octets()


@given(st.binary(max_size=60), st.integers(0, 255))
def test_image_comes_back(image: bytes, force_replace: int) -> None:
    firmware = replace(FIRMWARE, image=image, force_replace=force_replace)

    made = sign_firmware(firmware, PRIVATE_KEY)

    assert OtaImage.decode(made.encode()) == made


def came_back(octets: bytes) -> bool:
    """Whether octets are an image that encodes to them, or refused at a place inside them."""
    try:
        return OtaImage.decode(octets).encode() == octets
    except WireError as refused:
        return 0 <= refused.offset <= len(octets)


@given(any_octets())
def test_any_octets_give_an_image_or_a_wire_error(octets: bytes) -> None:
    assert came_back(octets)


def test_file_with_one_octet_changed_is_read_or_refused_in_its_place() -> None:
    octets = file_octets()

    for at in range(len(octets)):
        changed = bytearray(octets)
        changed[at] ^= 0x41
        assert came_back(bytes(changed))


@pytest.mark.parametrize(
    ("octets", "path"),
    [
        (b"", "OtaHeader.file_identifier"),
        (b"\x00" + HEADER[1:] + TAIL, "OtaHeader.file_identifier"),
        (HEADER[:6] + b"\x3b" + HEADER[7:] + TAIL, "OtaHeader.header_length"),
        (HEADER + TAIL, "OtaHeader.total_size"),
        (HEADER + b"\x3c\x00\x00\x00" + TAIL[4:], "OtaImage.signature"),
        (HEADER + TAIL + bytes(84), "OtaImage.signature"),
        (bytes(MAXIMUM_IMAGE + 1), "OtaImage"),
    ],
)
def test_refusal_names_the_field(octets: bytes, path: str) -> None:
    with pytest.raises(WireError) as refused:
        OtaImage.decode(octets)

    assert refused.value.path == path


def test_what_does_not_fit_is_the_callers_error() -> None:
    image = OtaImage.decode(file_octets())

    with pytest.raises(LocalError):
        replace(image, signature=b"").encode()
    with pytest.raises(LocalError):
        sign_firmware(replace(FIRMWARE, image=bytes(MAXIMUM_IMAGE)), PRIVATE_KEY)
