"""Firmware images for the devices of a home, as their makers and suppliers would have them."""

from string import hexdigits
from typing import Final

from emulator.gbcs.ota_image import Firmware, OtaImage, sign_firmware
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.errors import UsageError
from emulator.lab.installing.installation import Installation
from emulator.smart_energy.device import SmartEnergyDevice

_ANY_HARDWARE: Final = (0, 0xFFFF)
_VERSION_DIGITS: Final = 8
_MANUFACTURER_DIGITS: Final = 4
_ANY_MANUFACTURER: Final = 0xFFFF


def firmware_image(
    work: Installation,
    device: SmartEnergyDevice,
    version: str,
    image: bytes,
    *,
    signer: str = "",
) -> OtaImage:
    """An image file for a device, signed by a user.

    Args:
        work: the installation that the device is in.
        device: for whose manufacturer and image type it is.
        version: 8 hexadecimal digits.
        image: the manufacturer's image.
        signer: by name; the supplier of the installation unless told.

    Raises:
        UsageError: when the version is none, or the signer has no key to sign with.
    """
    if not _is_hexadecimal(version, _VERSION_DIGITS):
        raise UsageError(f"version {version!r}: expected 8 hexadecimal digits")
    user = work.side.dcc.user(signer or work.supplier)
    held = work.side.pki.keys.find(user.eui64, KeyUse.DIGITAL_SIGNATURE)
    if held is None or held.private_key is None:
        raise UsageError(f"{user.name} has no key that an image could be signed with")
    code = work.home.shipped(device).manufacturer
    known = _is_hexadecimal(code, _MANUFACTURER_DIGITS)
    firmware = Firmware(
        manufacturer=int(code, 16) if known else _ANY_MANUFACTURER,
        image_type=work.lab.settings.ota.image_type,
        version=int(version, 16),
        hardware=_ANY_HARDWARE,
        image=image,
    )
    return sign_firmware(firmware, held.private_key)


def _is_hexadecimal(text: str, digits: int) -> bool:
    return len(text) == digits and set(text) <= set(hexdigits)
