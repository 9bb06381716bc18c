"""The firmware of a device: what runs, and the image that waits to be activated (GBCS 11.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

VERSION_LENGTH: Final = 4
"""Octets of a firmware version (ZCL8 11.4.2.2, file version)."""


@dataclass(frozen=True, slots=True)
class FirmwareImage:
    """An image that came over the air and was verified.

    Args:
        image_hash: SHA-256 of the manufacturer image, 32 octets.
        version: 4 octets.
    """

    image_hash: bytes
    version: bytes


@dataclass(frozen=True, slots=True)
class ImageReceived:
    """Update client -> remote-party side: an image file came over the air, not yet verified.

    Args:
        octets: the file: header, manufacturer's image, signature.
        version: that the hub announced, 4 octets.
    """

    octets: bytes
    version: bytes


@dataclass(frozen=True, slots=True)
class FirmwareActivated:
    """Remote-party side -> the rest of the device: this version runs from now on, 4 octets."""

    version: bytes


class Firmware:
    """What one device runs and holds.

    Args:
        running: version of what runs, 4 octets.
    """

    def __init__(self, running: bytes) -> None:
        self.running = running
        self.held: FirmwareImage | None = None

    def activate(self) -> None:
        """Run the image that is held."""
        if self.held is not None:
            self.running, self.held = self.held.version, None

    def snapshot(self) -> dict[str, Any]:
        """The firmware as JSON knows it."""
        held = self.held
        return {
            "running": self.running.hex(),
            "held": None if held is None else [held.image_hash.hex(), held.version.hex()],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.running = bytes.fromhex(state["running"])
        held = state["held"]
        self.held = None if held is None else FirmwareImage(*map(bytes.fromhex, held))
