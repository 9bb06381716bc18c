"""Firmware: activating an image, versions, and how it reached a device (CS06, CS08, CS09, CCS08).

A firmware version is 4 octets.
"""

from dataclasses import dataclass
from typing import Annotated, Final

from emulator.gbcs.asn1.codes import (
    ActivateFirmwareResponseCode,
    ActivateImageResult,
    ReadVersionResponseCode,
    TransferResponseCode,
)
from emulator.gbcs.asn1.composites import Alone, Choice, Sequence
from emulator.gbcs.asn1.elements import GeneralizedTime, Integer, Null, OctetString

_NUMBER: Final = Integer()
_TIME: Final = GeneralizedTime()
_VERSION: Final = OctetString()


@dataclass(frozen=True, slots=True)
class ActivateFirmwareCommand:
    """Activates the image with this hash, at once or at a time (CS06).

    Args:
        image_hash: SHA-256 of the manufacturer image, 32 octets.
        execution_time: absent for at once; `99991231235959Z` cancels.
    """

    image_hash: Annotated[bytes, OctetString(32)]
    originator_counter: Annotated[int, _NUMBER]
    execution_time: Annotated[str | None, _TIME] = None


@dataclass(frozen=True, slots=True)
class ActivationOutcome:
    """How activating went, and the version that runs afterwards."""

    response_code: Annotated[int, Integer(ActivateFirmwareResponseCode)]
    firmware_version: Annotated[bytes, _VERSION]


_OUTCOME: Final = Sequence(ActivationOutcome)


def _is_none(value: object) -> bool:
    return value is None


@dataclass(frozen=True, slots=True)
class ActivateFirmwareResponse:
    """The outcome, None while the command waits for its time (CS06)."""

    outcome: Annotated[ActivationOutcome | None, Choice(Null(), _OUTCOME, _is_none)]


@dataclass(frozen=True, slots=True)
class ActivateFirmwareAlert:
    """The outcome of a command that waited for its time (CS06)."""

    alert_code: Annotated[int, _NUMBER]
    execution_time: Annotated[str, _TIME]
    originator_counter: Annotated[int, _NUMBER]
    outcome: Annotated[ActivationOutcome, _OUTCOME]


@dataclass(frozen=True, slots=True)
class FirmwareTransferAlert:
    """How a hub handed an image to a device (CCS08)."""

    alert_code: Annotated[int, _NUMBER]
    time: Annotated[str, _TIME]
    entity_id: Annotated[bytes, OctetString(8)]
    firmware_version: Annotated[bytes, _VERSION]
    response_code: Annotated[int, Integer(TransferResponseCode)]


@dataclass(frozen=True, slots=True)
class ReadFirmwareVersionCommand:
    """Asks a PPMID or HCALCS for its firmware version (CS08)."""

    request: Annotated[None, Null()] = None


@dataclass(frozen=True, slots=True)
class ReadFirmwareVersionResponse:
    """The version (CS08)."""

    firmware_version: Annotated[bytes, _VERSION]
    response_code: Annotated[int, Integer(ReadVersionResponseCode)]


@dataclass(frozen=True, slots=True)
class ActivateImageAlert:
    """A PPMID or HCALCS runs a new image, or failed to (CS09)."""

    alert_code: Annotated[int, _NUMBER]
    time: Annotated[str, _TIME]
    firmware_version: Annotated[bytes, _VERSION]
    result: Annotated[int, Integer(ActivateImageResult)]


ACTIVATE_FIRMWARE_COMMAND: Final = Sequence(ActivateFirmwareCommand)
ACTIVATE_FIRMWARE_RESPONSE: Final = Alone(ActivateFirmwareResponse)
ACTIVATE_FIRMWARE_ALERT: Final = Sequence(ActivateFirmwareAlert)
FIRMWARE_TRANSFER_ALERT: Final = Sequence(FirmwareTransferAlert)
READ_FIRMWARE_VERSION_COMMAND: Final = Alone(ReadFirmwareVersionCommand)
READ_FIRMWARE_VERSION_RESPONSE: Final = Sequence(ReadFirmwareVersionResponse)
ACTIVATE_IMAGE_ALERT: Final = Sequence(ActivateImageAlert)
