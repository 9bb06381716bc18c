"""A firmware image file as a hub offers it to a device: by what its header says (GBCS 11.2)."""

from emulator.gbcs.ota_image import image_header
from emulator.smart_energy.ota.primitives import ImageIdentity, OtaImage


def announced_image(octets: bytes) -> OtaImage:
    """The image that a hub announces; the whole file goes over the air.

    Raises:
        WireError: when it is no image file.
    """
    header = image_header(octets)
    identity = ImageIdentity(header.manufacturer, header.image_type)
    return OtaImage(identity, header.file_version, octets)
