"""Whether an image that came over the air may be activated (GBCS 11.2.6).

It is a whole image file, of the version that was announced, for this device and its hardware where
its header tells for which it is (ZCL8 11.4.2.11 to 11.4.2.13), and the party that may update the
device has signed the manufacturer's image in it: the supplier, or the access control broker where
a device knows no supplier. Which party signs for such devices is unverified.
"""

from typing import Final, NamedTuple

from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.ota_image import OtaHeader, OtaImage
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import cell
from emulator.gbcs_device.firmware import VERSION_LENGTH, FirmwareImage, ImageReceived
from emulator.gbcs_device.trust_anchors import TrustAnchors
from emulator.kernel.identity import Eui64

_SIGNERS: Final = (RemotePartyRole.SUPPLIER, RemotePartyRole.ACCESS_CONTROL_BROKER)


class Updated(NamedTuple):
    """What an image must be for.

    Args:
        eui64: of the device.
        hardware: its hardware version, as image files number it.
        anchors: whom it trusts.
    """

    eui64: Eui64
    hardware: int
    anchors: TrustAnchors


def verified_image(received: ImageReceived, device: Updated) -> FirmwareImage:
    """The image that may be activated.

    Args:
        received: as it came.
        device: that it came to.

    Raises:
        WireError: when it is no image file.
        ProtectionError: when it is another version than announced, for another device or other
            hardware, or not signed as it must be.
    """
    file = OtaImage.decode(received.octets)
    _require_for(device, file.header)
    version = file.header.file_version.to_bytes(VERSION_LENGTH, "big")
    if version != received.version:
        reason = f"{version.hex()}, announced as {received.version.hex()}"
        raise ProtectionError(Rule.FORMAT, "OtaHeader.file_version", _VERSION_OFFSET, reason)
    signer = _signer(device.anchors)
    if signer is None:
        raise ProtectionError(Rule.KNOWN_PARTY, "OtaImage.signature", 0, "nobody may sign images")
    file.require_signed_by(signer.public_key)
    return FirmwareImage(file.image_hash, version)


_VERSION_OFFSET: Final = 14
"""Of the file version in an OTA header (ZCL8 11.4.2)."""
_OPTIONAL_OFFSET: Final = 56
"""Of the first optional field."""


def _require_for(device: Updated, header: OtaHeader) -> None:
    """That an image is for a device, as far as its header tells.

    Raises:
        ProtectionError: when it is not.
    """
    if header.destination not in (None, device.eui64):
        reason = f"{header.destination:016X} is another device"
        raise ProtectionError(Rule.FORMAT, "OtaHeader.destination", _OPTIONAL_OFFSET, reason)
    lowest, highest = header.minimum_hardware_version, header.maximum_hardware_version
    if lowest is None or highest is None or lowest <= device.hardware <= highest:
        return
    reason = f"{lowest:04X} to {highest:04X}, the device has {device.hardware:04X}"
    at = "OtaHeader.minimum_hardware_version"
    raise ProtectionError(Rule.FORMAT, at, _OPTIONAL_OFFSET, reason)


def _signer(anchors: TrustAnchors) -> Certificate | None:
    """Whose signature the device goes by."""
    found = (anchors.certificate(cell(role, KeyUsage.DIGITAL_SIGNATURE)) for role in _SIGNERS)
    return next((each for each in found if each is not None), None)
