"""What a device does with an image that came over the air (GBCS 11.2.6, CS09)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from emulator.gbcs.protection.refusal import ProtectionError
from emulator.gbcs_device.alerting import IMAGE_VERIFIED, VERIFICATION_FAILED, Alerting, Told
from emulator.gbcs_device.device_identity import DeviceIdentity
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.facts import ImageHeld, ImageRefused
from emulator.gbcs_device.firmware import Firmware, FirmwareActivated, ImageReceived
from emulator.gbcs_device.firmware_verification import Updated, verified_image
from emulator.gbcs_device.own_record import OwnRecord
from emulator.kernel.errors import WireError

_ACTIVATE_AT_ONCE: Final = frozenset({DeviceKind.PPMID, DeviceKind.HCALCS})
"""Kinds that run a new image without a command for it (GBCS CS09)."""


class ReceivedImages:
    """Verifies the images of one device.

    Args:
        identity: of the device: its kind, and whom it trusts.
        hardware: version of its hardware.
        firmware: that it runs and holds.
        alerting: makes its alerts.
        record: its security log.
    """

    def __init__(
        self,
        identity: DeviceIdentity,
        hardware: int,
        firmware: Firmware,
        alerting: Alerting,
        record: OwnRecord,
    ) -> None:
        self._identity = identity
        self._updated = Updated(identity.eui64, hardware, identity.anchors)
        self._firmware = firmware
        self._alerting = alerting
        self._record = record

    def received(
        self, image: ImageReceived, moment: datetime
    ) -> tuple[Sequence[object], Sequence[Told]]:
        """What follows from an image, and the alerts that tell of it.

        It is held until it is activated, or runs at once where nobody commands that. One that
        cannot be verified is dropped; what was held before stays.

        Args:
            image: as it came.
            moment: the device's own time, UTC.
        """
        try:
            verified = verified_image(image, self._updated)
        except (WireError, ProtectionError) as fault:
            self._record.note(VERIFICATION_FAILED, moment)
            refused = ImageRefused(image.version.hex(), str(fault))
            return (refused,), self._alerting.raised(VERIFICATION_FAILED, b"", moment)
        self._firmware.held = verified
        self._record.note(IMAGE_VERIFIED, moment)
        held = ImageHeld(verified.version.hex(), verified.image_hash.hex())
        if self._identity.kind not in _ACTIVATE_AT_ONCE:
            return (held,), self._alerting.image_verified(verified, moment)
        self._firmware.activate()
        self._record.runs(verified.version)
        told = self._alerting.image_activated(verified.version, moment)
        return (held, FirmwareActivated(verified.version)), told
