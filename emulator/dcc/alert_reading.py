"""What the DCC reads in alerts: their code, the command they are about, backups of device logs.

Backups are those of a hub (CS14, alert 8F12) and of a gas proxy function (GCS62, alert 8071).
"""

from dataclasses import dataclass
from struct import Struct
from typing import Final

from emulator.dlms.data import Data
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.credentials import UpdateCredentialsAlert
from emulator.gbcs.asn1.device_logs import DeviceLogBackupAlert, DeviceLogEntry
from emulator.gbcs.asn1.firmware import ActivateFirmwareAlert
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import (
    FUTURE_DATED_FAILURE,
    FUTURE_DATED_SUCCESS,
    FutureDatedOutcome,
)
from emulator.gbcs.payload import Payload
from emulator.kernel.identity import Eui64

HUB_BACKUP: Final = 0x0018
"""Message code of CS14."""
GPF_BACKUP: Final = 0x00B2
"""Message code of GCS62."""
DATED_CODES: Final = frozenset((FUTURE_DATED_SUCCESS, FUTURE_DATED_FAILURE))
"""Alerts that tell of a command that waited for its date (GBCS 16.2)."""
_OUTCOME: Final = Struct(">HQH6sb")
"""Message code, counter, class, logical name and attribute of one item of the command."""


@dataclass(frozen=True, slots=True)
class HubBackup:
    """The device log of a hub (CS14).

    Args:
        extended_pan_id: of its network, 8 octets.
        devices: each with the hash of its link key, empty before it has one.
    """

    extended_pan_id: bytes
    devices: tuple[tuple[Eui64, bytes], ...]

    @property
    def keyed(self) -> tuple[Eui64, ...]:
        """The devices that have a link key."""
        return tuple(device for device, key_hash in self.devices if key_hash)


@dataclass(frozen=True, slots=True)
class GpfBackup:
    """The device log of a gas proxy function (GCS62)."""

    entries: tuple[DeviceLogEntry, ...]


def alert_code(payload: Payload) -> int | None:
    """The alert code of an alert; None when the payload holds none."""
    match payload:
        case DataNotification():
            code = _part(payload.body, 0)
            return code.value if code is not None and isinstance(code.value, int) else None
        case GbzPayload():
            return None if payload.alert is None else payload.alert.code
        case Asn1Payload():
            found = getattr(payload.value, "alert_code", None)
            return found if isinstance(found, int) else None
        case _:
            return None


def dated_command(payload: Payload) -> int | None:
    """The counter of the command that waited on the device and that an alert 8F66 or 8F67 is about.

    None when the alert is about none.
    """
    match payload:
        case DataNotification():
            told = _part(payload.body, 2)
            octets = None if told is None else told.value
            if isinstance(octets, bytes) and len(octets) == _OUTCOME.size:
                return int(_OUTCOME.unpack(octets)[1])
            return None
        case GbzPayload():
            content = None if payload.alert is None else payload.alert.content
            return content.counter if isinstance(content, FutureDatedOutcome) else None
        case Asn1Payload():
            return _counter(payload.value)
        case _:
            return None


def _counter(told: object) -> int | None:
    if isinstance(told, ActivateFirmwareAlert):
        return told.originator_counter
    if isinstance(told, UpdateCredentialsAlert):
        return told.outcome.sequence_number
    return None


def hub_backup(payload: Payload) -> HubBackup | None:
    """The backup that a CS14 alert holds; None when there is none in it."""
    if not isinstance(payload, DataNotification):
        return None
    backup = _part(payload.body, 2)
    pan, entries = (_part(backup, 1), _part(backup, 2)) if backup is not None else (None, None)
    if pan is None or entries is None or not isinstance(pan.value, bytes):
        return None
    if not isinstance(entries.value, tuple):
        return None
    devices = tuple(map(_device, entries.value))
    if None in devices:
        return None
    return HubBackup(pan.value, tuple(each for each in devices if each is not None))


def gpf_backup(payload: Payload) -> GpfBackup | None:
    """The backup that a GCS62 alert holds; None when there is none in it."""
    if isinstance(payload, Asn1Payload) and isinstance(payload.value, DeviceLogBackupAlert):
        return GpfBackup(payload.value.entries)
    return None


def _part(data: Data | None, place: int) -> Data | None:
    """A part of a structure or array, None when there is none."""
    if data is None or not isinstance(data.value, tuple) or len(data.value) <= place:
        return None
    part = data.value[place]
    return part if isinstance(part, Data) else None


def _device(entry: object) -> tuple[Eui64, bytes] | None:
    if not isinstance(entry, Data):
        return None
    eui64, key_hash = _part(entry, 0), _part(entry, 1)
    if eui64 is None or key_hash is None:
        return None
    if not isinstance(eui64.value, bytes) or not isinstance(key_hash.value, bytes):
        return None
    return Eui64(int.from_bytes(eui64.value, "big")), key_hash.value
