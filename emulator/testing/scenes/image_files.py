"""Firmware image files for devices of a test, signed by a party of a key store."""

from typing import Final

from emulator.gbcs.ota_image import Firmware, OtaImage, sign_firmware
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs_device.firmware import VERSION_LENGTH
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64

NEW_VERSION: Final = bytes.fromhex("0123ABCE")
MAKERS_IMAGE: Final = b"image of the maker"


def signed_image(
    keys: KeyStore,
    signer: Eui64,
    *,
    version: bytes = NEW_VERSION,
    image: bytes = MAKERS_IMAGE,
    manufacturer: int = 0x10C7,
) -> OtaImage:
    """The image file of a version.

    Args:
        keys: with the private key of the signer.
        signer: who signs the manufacturer's image.
        version: 4 octets.
        image: the manufacturer's image.
        manufacturer: its code.

    Raises:
        LocalError: when the signer has no key to sign with there.
    """
    credential = keys.find(signer, KeyUse.DIGITAL_SIGNATURE)
    if credential is None or credential.private_key is None:
        raise LocalError("who is to sign has no key for it")
    firmware = Firmware(
        manufacturer=manufacturer,
        image_type=0,
        version=int.from_bytes(version[:VERSION_LENGTH], "big"),
        hardware=(0, 0xFFFF),
        image=image,
    )
    return sign_firmware(firmware, credential.private_key)
