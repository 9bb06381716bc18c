"""Device logs: who may talk to whom on the HAN (CS03, CS04, CS07, GCS59, GCS62)."""

from dataclasses import dataclass
from typing import Annotated, Final

from emulator.gbcs.asn1.codes import (
    DeviceType,
    JoinMethodAndRole,
    JoinResponseCode,
    ReadLogResponseCode,
    UnjoinResponseCode,
)
from emulator.gbcs.asn1.composites import Alone, Sequence, SequenceOf
from emulator.gbcs.asn1.elements import GeneralizedTime, Integer, Null, OctetString, Whole

_DEVICE_TYPE: Final = Integer(DeviceType)
_EUI64: Final = OctetString(8)


@dataclass(frozen=True, slots=True)
class JoinDeviceCommand:
    """Adds a device to the log and lets both authenticate (CS03A1, A2, B, C).

    Args:
        entity_id: EUI-64 of the other device, 8 octets.
        certificate: key agreement certificate of the other device; there if and only if a gas
            meter and a PPMID join each other (GBCS 13.7).
    """

    join_method_and_role: Annotated[int, Integer(JoinMethodAndRole)]
    entity_id: Annotated[bytes, _EUI64]
    device_type: Annotated[int, _DEVICE_TYPE]
    certificate: Annotated[bytes | None, Whole()] = None


@dataclass(frozen=True, slots=True)
class JoinDeviceResponse:
    """How it went (CS03)."""

    response_code: Annotated[int, Integer(JoinResponseCode)]


@dataclass(frozen=True, slots=True)
class UnjoinDeviceCommand:
    """Removes a device from the log (CS04AC, CS04B)."""

    entity_id: Annotated[bytes, _EUI64]


@dataclass(frozen=True, slots=True)
class UnjoinDeviceResponse:
    """How it went (CS04)."""

    response_code: Annotated[int, Integer(UnjoinResponseCode)]


@dataclass(frozen=True, slots=True)
class DeviceLogEntry:
    """One device in a log."""

    device_id: Annotated[bytes, _EUI64]
    device_type: Annotated[int, _DEVICE_TYPE]


_ENTRY: Final = Sequence(DeviceLogEntry)
_ENTRIES: Final = SequenceOf(_ENTRY)


@dataclass(frozen=True, slots=True)
class ReadDeviceLogCommand:
    """Asks for the device log (CS07)."""

    request: Annotated[None, Null()] = None


@dataclass(frozen=True, slots=True)
class ReadDeviceLogResponse:
    """The device log, or that it cannot be read (CS07)."""

    response_code: Annotated[int, Integer(ReadLogResponseCode)]
    entries: Annotated[tuple[DeviceLogEntry, ...] | None, _ENTRIES] = None


@dataclass(frozen=True, slots=True)
class RestoreDeviceLogCommand:
    """Gives a gas proxy the device log of the one before it (GCS59)."""

    entries: Annotated[tuple[DeviceLogEntry, ...], _ENTRIES]


@dataclass(frozen=True, slots=True)
class RestoreOutcome:
    """How restoring one entry went."""

    entry: Annotated[DeviceLogEntry, _ENTRY]
    response_code: Annotated[int, Integer(JoinResponseCode)]


@dataclass(frozen=True, slots=True)
class RestoreDeviceLogResponse:
    """How restoring went, entry by entry (GCS59)."""

    outcomes: Annotated[tuple[RestoreOutcome, ...], SequenceOf(Sequence(RestoreOutcome))]


@dataclass(frozen=True, slots=True)
class DeviceLogBackupAlert:
    """The device log of a gas proxy, kept for the next one (GCS62)."""

    alert_code: Annotated[int, Integer()]
    backup_time: Annotated[str, GeneralizedTime()]
    entries: Annotated[tuple[DeviceLogEntry, ...], _ENTRIES]


JOIN_DEVICE_COMMAND: Final = Sequence(JoinDeviceCommand)
JOIN_DEVICE_RESPONSE: Final = Alone(JoinDeviceResponse)
UNJOIN_DEVICE_COMMAND: Final = Alone(UnjoinDeviceCommand)
UNJOIN_DEVICE_RESPONSE: Final = Alone(UnjoinDeviceResponse)
READ_DEVICE_LOG_COMMAND: Final = Alone(ReadDeviceLogCommand)
READ_DEVICE_LOG_RESPONSE: Final = Sequence(ReadDeviceLogResponse)
RESTORE_DEVICE_LOG_COMMAND: Final = Sequence(RestoreDeviceLogCommand)
RESTORE_DEVICE_LOG_RESPONSE: Final = Sequence(RestoreDeviceLogResponse)
DEVICE_LOG_BACKUP_ALERT: Final = Sequence(DeviceLogBackupAlert)
