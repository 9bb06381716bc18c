"""Whether an image that came over the air may be activated (GBCS 11.2.6).

It is a whole image file, of the version that was announced, and the party that may update the
device has signed the manufacturer's image in it: the supplier, or the access control broker where
a device knows no supplier. Which party signs for such devices is unverified. Whether the image is
for the hardware of the device is not looked at.
"""

from typing import Final

from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.ota_image import OtaImage
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import cell
from emulator.gbcs_device.firmware import VERSION_LENGTH, FirmwareImage, ImageReceived
from emulator.gbcs_device.trust_anchors import TrustAnchors

_SIGNERS: Final = (RemotePartyRole.SUPPLIER, RemotePartyRole.ACCESS_CONTROL_BROKER)


def verified_image(received: ImageReceived, anchors: TrustAnchors) -> FirmwareImage:
    """The image that may be activated.

    Args:
        received: as it came.
        anchors: whom the device trusts.

    Raises:
        WireError: when it is no image file.
        ProtectionError: when it is another version than announced, or not signed as it must be.
    """
    file = OtaImage.decode(received.octets)
    version = file.header.file_version.to_bytes(VERSION_LENGTH, "big")
    if version != received.version:
        reason = f"{version.hex()}, announced as {received.version.hex()}"
        raise ProtectionError(Rule.FORMAT, "OtaHeader.file_version", _VERSION_OFFSET, reason)
    signer = _signer(anchors)
    if signer is None:
        raise ProtectionError(Rule.KNOWN_PARTY, "OtaImage.signature", 0, "nobody may sign images")
    file.require_signed_by(signer.public_key)
    return FirmwareImage(file.image_hash, version)


_VERSION_OFFSET: Final = 14
"""Of the file version in an OTA header (ZCL8 11.4.2)."""


def _signer(anchors: TrustAnchors) -> Certificate | None:
    """Whose signature the device goes by."""
    found = (anchors.certificate(cell(role, KeyUsage.DIGITAL_SIGNATURE)) for role in _SIGNERS)
    return next((each for each in found if each is not None), None)
