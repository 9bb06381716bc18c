"""What the two ends of an upgrade say to the other machines of their node."""

from dataclasses import dataclass

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class ImageIdentity:
    """What an image is for: a manufacturer's code and a type of device (ZCL8 11.4.2)."""

    manufacturer: int
    image_type: int


@dataclass(frozen=True, slots=True)
class OtaImage:
    """An image as it goes over the air.

    Args:
        version: file version, 32 bits.
    """

    identity: ImageIdentity
    version: int
    octets: bytes


@dataclass(frozen=True, slots=True)
class OfferImage:
    """Communications provider -> hub: that device is to fetch this image."""

    device: Eui64
    image: OtaImage


@dataclass(frozen=True, slots=True)
class WithdrawImage:
    """Communications provider -> hub: there is no image for that device any more."""

    device: Eui64


@dataclass(frozen=True, slots=True)
class CheckForImage:
    """Application or user at a device -> client: ask the hub for an image now."""


@dataclass(frozen=True, slots=True)
class ImageActivated:
    """Application -> client: this version runs from now on.

    Args:
        version: file version, 32 bits.
    """

    version: int


@dataclass(frozen=True, slots=True)
class ImageDownloaded:
    """Client -> applications: the whole image is here, to be run once somebody says so."""

    image: OtaImage
