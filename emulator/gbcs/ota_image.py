"""Firmware images: a Zigbee OTA header, the manufacturer's image, the supplier's signature.

GBCS 11.2.2 to 11.2.4 say what follows the header (ZCL8 11.4.2); the hash of the manufacturer's
image is what a command to activate it names.
"""

from dataclasses import dataclass
from enum import IntFlag
from hashlib import sha256
from typing import Annotated, Final, Self

from cryptography.hazmat.primitives.asymmetric.ec import (
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)

from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.gbcs.protection.signature import SIGNATURE_LENGTH, sign, verifies
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.wire.codecs import U16, U32, Fixed, UInt, When
from emulator.wire.struct import Struct

FILE_IDENTIFIER: Final = 0x0BEEF11E
HEADER_VERSION: Final = 0x0100
STACK_VERSION: Final = 0x0002
"""Zigbee PRO."""
MAXIMUM_IMAGE: Final = 8 << 20
"""Octets of the longest image that is read; a bound of this implementation."""
_SIGNATURE_PREFIX: Final = bytes((SIGNATURE_LENGTH,))
_TRAILER: Final = 1 + len(_SIGNATURE_PREFIX) + SIGNATURE_LENGTH


class OtaField(IntFlag):
    """Which optional fields a header has (ZCL8 11.4.2.4)."""

    SECURITY_CREDENTIAL_VERSION = 0x0001
    DEVICE_SPECIFIC = 0x0002
    HARDWARE_VERSIONS = 0x0004


def _device_specific(header: "OtaHeader") -> bool:
    return bool(header.field_control & OtaField.DEVICE_SPECIFIC)


def _hardware_versions(header: "OtaHeader") -> bool:
    return bool(header.field_control & OtaField.HARDWARE_VERSIONS)


class OtaHeader(Struct):
    """OTA header (ZCL8 11.4.2); numbers are little-endian."""

    file_identifier: U32
    header_version: U16
    header_length: U16
    field_control: U16
    manufacturer: U16
    image_type: U16
    file_version: U32
    stack_version: U16
    header_string: Annotated[bytes, Fixed(32)]
    total_size: U32
    security_credential_version: Annotated[
        int | None,
        UInt(1),
        When(lambda h: bool(h.field_control & OtaField.SECURITY_CREDENTIAL_VERSION)),
    ] = None
    destination: Annotated[Eui64 | None, UInt(8), When(_device_specific)] = None
    minimum_hardware_version: Annotated[int | None, UInt(2), When(_hardware_versions)] = None
    maximum_hardware_version: Annotated[int | None, UInt(2), When(_hardware_versions)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firmware:
    """What an image is for, and the manufacturer's octets.

    Args:
        manufacturer: code of the manufacturer.
        image_type: the manufacturer's own number.
        version: file version.
        hardware: lowest and highest hardware version that may run it.
        image: the manufacturer's image.
        force_replace: nonzero where the hub is to replace an image that it holds.
    """

    manufacturer: int
    image_type: int
    version: int
    hardware: tuple[int, int]
    image: bytes
    force_replace: int = 0


@dataclass(frozen=True, slots=True)
class OtaImage:
    """One image file.

    Args:
        header: the Zigbee header.
        extra: octets of a header that is longer than its fields.
        image: the manufacturer's image.
        force_replace: one octet, read by the hub only.
        signature: of the manufacturer's image, 64 octets, by the party that may update the device.
    """

    header: OtaHeader
    image: bytes
    force_replace: int
    signature: bytes
    extra: bytes = b""

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The image that a file holds.

        Raises:
            WireError: when the octets are no image, or its lengths contradict each other.
        """
        header, fields_end = _checked_header(octets)
        start = header.header_length
        end = len(octets) - _TRAILER
        if end < start:
            raise WireError("OtaImage.signature", start, f"expected at least {_TRAILER} octets")
        if octets[end + 1 : end + 2] != _SIGNATURE_PREFIX:
            raise WireError("OtaImage.signature", end + 1, "expected length 40")
        return cls(
            header, octets[start:end], octets[end], octets[end + 2 :], octets[fields_end:start]
        )

    def encode(self) -> bytes:
        """The file.

        Raises:
            LocalError: when a number does not fit, or the signature has another length.
        """
        if len(self.signature) != SIGNATURE_LENGTH or not 0 <= self.force_replace <= 0xFF:
            raise LocalError(f"signature of {len(self.signature)} octets, expected 64")
        return b"".join(
            (
                self.header.encode(),
                self.extra,
                self.image,
                bytes((self.force_replace,)),
                _SIGNATURE_PREFIX,
                self.signature,
            )
        )

    @property
    def image_hash(self) -> bytes:
        """SHA-256 of the manufacturer's image, 32 octets (GBCS 11.2.4)."""
        return sha256(self.image).digest()

    @property
    def file_name(self) -> str:
        """Manufacturer, type, version and hash, as Zigbee recommends for files."""
        header = self.header
        return (
            f"{header.manufacturer:04X}-{header.image_type:04X}-{header.file_version:08X}-"
            f"{self.image_hash.hex().upper()}.zigbee"
        )

    def require_signed_by(self, public_key: EllipticCurvePublicKey) -> None:
        """Let an image pass whose signature is that of the key's owner.

        Raises:
            ProtectionError: when it is not.
        """
        if not verifies(public_key, self.signature, self.image):
            offset = self.header.total_size - SIGNATURE_LENGTH
            raise ProtectionError(
                Rule.SIGNATURE, "OtaImage.signature", offset, "not that of the given key"
            )


def image_header(octets: bytes) -> OtaHeader:
    """What a file says at its beginning that an image is for; whose it is, devices verify.

    Raises:
        WireError: when the octets are no image file, or its lengths contradict each other.
    """
    return _checked_header(octets)[0]


def _checked_header(octets: bytes) -> tuple[OtaHeader, int]:
    """The header, and where its fields end."""
    if len(octets) > MAXIMUM_IMAGE:
        raise WireError("OtaImage", MAXIMUM_IMAGE, f"{len(octets)} octets, at most 8 MiB")
    header, fields_end = OtaHeader.take(octets)
    _check_header(header, fields_end, len(octets))
    return header, fields_end


def _check_header(header: OtaHeader, fields_end: int, size: int) -> None:
    if header.file_identifier != FILE_IDENTIFIER:
        raise WireError("OtaHeader.file_identifier", 0, "expected 1EF1EE0B")
    if not fields_end <= header.header_length <= size:
        raise WireError(
            "OtaHeader.header_length", 6, f"{header.header_length}, expected {fields_end} to {size}"
        )
    if header.total_size != size:
        raise WireError("OtaHeader.total_size", 52, f"{header.total_size}, found {size} octets")


def sign_firmware(firmware: Firmware, private_key: EllipticCurvePrivateKey) -> OtaImage:
    """The image file of a firmware, signed by the party that may update the device.

    Raises:
        LocalError: when it is longer than a file may be.
    """
    header_length = 60
    total = header_length + len(firmware.image) + _TRAILER
    if total > MAXIMUM_IMAGE:
        raise LocalError(f"{total} octets, at most 8 MiB")
    lowest, highest = firmware.hardware
    header = OtaHeader(
        file_identifier=FILE_IDENTIFIER,
        header_version=HEADER_VERSION,
        header_length=header_length,
        field_control=OtaField.HARDWARE_VERSIONS,
        manufacturer=firmware.manufacturer,
        image_type=firmware.image_type,
        file_version=firmware.version,
        stack_version=STACK_VERSION,
        header_string=bytes(32),
        total_size=total,
        minimum_hardware_version=lowest,
        maximum_hardware_version=highest,
    )
    signature = sign(private_key, firmware.image)
    return OtaImage(header, firmware.image, firmware.force_replace, signature)
