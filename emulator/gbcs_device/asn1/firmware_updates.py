"""Activating an image that came over the air, and telling versions (GBCS CS06, CS08)."""

from typing import Final

from emulator.gbcs.asn1.codes import ActivateFirmwareResponseCode, ReadVersionResponseCode
from emulator.gbcs.asn1.firmware import (
    ActivateFirmwareCommand,
    ActivationOutcome,
    ReadFirmwareVersionCommand,
    ReadFirmwareVersionResponse,
)
from emulator.gbcs_device.asn1.handling import Belongings, Handled, injected
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.firmware import VERSION_LENGTH, Firmware, FirmwareActivated
from emulator.gbcs_device.primitives import AlertRequest

VERSION_CHANGED: Final = 0x8F43
_NO_VERSION: Final = bytes(VERSION_LENGTH)


def activate_image(firmware: Firmware, image_hash: bytes, fault: int | None) -> ActivationOutcome:
    """What came of activating the image with this hash (CS06).

    Args:
        firmware: of the device; it runs the image afterwards, if all is well.
        image_hash: SHA-256 that the command names.
        fault: what to answer instead; None to do it.
    """
    codes = ActivateFirmwareResponseCode
    if fault is not None:
        return ActivationOutcome(codes(fault), firmware.running)
    if firmware.held is None:
        return ActivationOutcome(codes.NO_IMAGE_HELD, firmware.running)
    if firmware.held.image_hash != image_hash:
        return ActivationOutcome(codes.HASH_MISMATCH, firmware.running)
    firmware.activate()
    return ActivationOutcome(codes.SUCCESS, firmware.running)


def after_activation(outcome: ActivationOutcome) -> tuple[object, ...]:
    """What a device tells of a new version that runs: to its other parts, and as alert 8F43.

    That the alert goes out beside the response is unverified; reference security logs have the
    event (RTDS 4.5.0, ECS35b and CS10b).
    """
    if outcome.response_code != ActivateFirmwareResponseCode.SUCCESS:
        return ()
    return (FirmwareActivated(outcome.firmware_version), AlertRequest(VERSION_CHANGED))


def may_activate(command: Command, asked: ActivateFirmwareCommand) -> bool:
    """Whether a command names its own counter, as it must (CS06)."""
    return asked.originator_counter == command.message.counter


def read_version(
    belongings: Belongings, command: Command, _asked: ReadFirmwareVersionCommand
) -> Handled:
    """The version that runs (CS08)."""
    codes = ReadVersionResponseCode
    fault = injected(command)
    if fault is not None:
        return Handled(ReadFirmwareVersionResponse(_NO_VERSION, codes(fault)))
    return Handled(ReadFirmwareVersionResponse(belongings.firmware.running, codes.SUCCESS))
