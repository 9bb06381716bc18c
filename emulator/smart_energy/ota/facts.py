"""What upgrades tell the trace."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class DownloadStarted:
    """The hub has an image for us, and we fetch it."""

    kind: ClassVar[str] = "ota_download_started"
    version: int
    size: int


@dataclass(frozen=True, slots=True)
class DownloadEnded:
    """The whole image is here."""

    kind: ClassVar[str] = "ota_download_ended"
    version: int
    size: int


@dataclass(frozen=True, slots=True)
class NoImage:
    """The hub has no image for us; the status says why."""

    kind: ClassVar[str] = "ota_no_image"
    status: str


@dataclass(frozen=True, slots=True)
class DownloadFailed:
    """The search or the download ended early; it begins again at the next check."""

    kind: ClassVar[str] = "ota_download_failed"
    reason: str


@dataclass(frozen=True, slots=True)
class ImageDelivered:
    """A device says that it has the whole image."""

    kind: ClassVar[str] = "ota_image_delivered"
    device: Eui64
    version: int
