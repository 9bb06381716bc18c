"""Joining and parting devices on the HAN, and telling the log of it (GBCS CS03, CS04, CS07, GCS59).

Which two kinds of devices join each other, and by which method, is the table `METHODS`. The answer
says what became of the log; that the devices then agree keys on the HAN is not waited for.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.asn1.codes import (
    DeviceType,
    JoinMethodAndRole,
    JoinResponseCode,
    ReadLogResponseCode,
    UnjoinResponseCode,
)
from emulator.gbcs.asn1.device_logs import (
    DeviceLogEntry,
    JoinDeviceCommand,
    JoinDeviceResponse,
    ReadDeviceLogCommand,
    ReadDeviceLogResponse,
    RestoreDeviceLogCommand,
    RestoreDeviceLogResponse,
    RestoreOutcome,
    UnjoinDeviceCommand,
    UnjoinDeviceResponse,
)
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs_device.asn1.handling import Belongings, Handled, injected
from emulator.gbcs_device.asn1.security_events import of_join, of_unjoin
from emulator.gbcs_device.device_log import DeviceLog, LogEntry
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import PartnerJoined, PartnerUnjoined
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64

_T, _M, _C = DeviceType, JoinMethodAndRole, JoinResponseCode

METHODS: Final[Mapping[tuple[DeviceType, DeviceType], JoinMethodAndRole]] = MappingProxyType(
    {
        (_T.ESME, _T.PPMID): _M.METHOD_A_INITIATOR,
        (_T.ESME, _T.HCALCS): _M.METHOD_A_INITIATOR,
        (_T.ESME, _T.TYPE_2): _M.METHOD_B,
        (_T.PPMID, _T.ESME): _M.METHOD_A_RESPONDER,
        (_T.PPMID, _T.GSME): _M.METHOD_C,
        (_T.HCALCS, _T.ESME): _M.METHOD_A_RESPONDER,
        (_T.GSME, _T.PPMID): _M.METHOD_C,
        (_T.GSME, _T.GPF): _M.METHOD_B,
        (_T.GPF, _T.PPMID): _M.METHOD_B,
        (_T.GPF, _T.TYPE_2): _M.METHOD_B,
    }
)
"""By own type and the other's: the joins of the published service requests (8.7.1, 8.7.2)."""

CODES: Final[Mapping[int, JoinMethodAndRole]] = MappingProxyType(
    {
        0x000D: _M.METHOD_A_INITIATOR,
        0x00AB: _M.METHOD_A_RESPONDER,
        0x000E: _M.METHOD_B,
        0x00AF: _M.METHOD_C,
    }
)
"""The method that each message code joins by (GBCS CS03A1, CS03A2, CS03B, CS03C)."""
_UNJOIN_METHOD_B: Final = 0x0010
"""CS04B; CS04AC parts devices of the other methods."""


def join_device(belongings: Belongings, command: Command, asked: JoinDeviceCommand) -> Handled:
    """Add a device to the log, or say why not (CS03)."""
    entity = Eui64(int.from_bytes(asked.entity_id, "big"))
    certificate = _certificate(asked.certificate)
    fault = injected(command)
    code = _examine(belongings, command, asked) if fault is None else _C(fault)
    response, noted = JoinDeviceResponse(code), of_join(code)
    if code is not _C.SUCCESS:
        return Handled(response, noted)
    belongings.identity.log.add(entity, LogEntry(asked.device_type, certificate))
    return Handled(response, (PartnerJoined(entity, asked.device_type), *noted))


def _examine(
    belongings: Belongings, command: Command, asked: JoinDeviceCommand
) -> JoinResponseCode:
    """Whether a join may be made."""
    method = asked.join_method_and_role
    if CODES.get(command.use_case.code) != method:
        return _C.INVALID_MESSAGE_CODE_FOR_JOIN_METHOD_AND_ROLE
    own = belongings.identity.kind.device_type
    if METHODS.get((own, DeviceType(asked.device_type))) != method:
        return _C.INVALID_JOIN_METHOD_AND_ROLE
    entity = Eui64(int.from_bytes(asked.entity_id, "big"))
    code = _room(belongings.identity.log, entity, asked.device_type)
    if code is _C.SUCCESS and not _certified(belongings, asked, entity):
        return _C.INVALID_OR_MISSING_CERTIFICATE
    return code


def _certified(belongings: Belongings, asked: JoinDeviceCommand, entity: Eui64) -> bool:
    """Whether there is a good certificate where there must be one, and none elsewhere."""
    if asked.join_method_and_role != _M.METHOD_C:
        return asked.certificate is None
    certificate = _certificate(asked.certificate)
    if certificate is None:
        return False
    named = belongings.settings.join_certificate_names_partner
    return certificate.eui64 == entity or not named


def _room(log: DeviceLog, entity: Eui64, device_type: int) -> JoinResponseCode:
    """Whether the log can take a device in."""
    existing = log.find(entity)
    if existing is None:
        return _C.DEVICE_LOG_FULL if log.full else _C.SUCCESS
    if existing.device_type != device_type:
        return _C.INCOMPATIBLE_WITH_EXISTING_ENTRY
    return _C.SUCCESS


def _certificate(der: bytes | None) -> Certificate | None:
    """A device's key agreement certificate; None where it is none."""
    if der is None:
        return None
    try:
        certificate = Certificate.decode(der)
    except WireError:
        return None
    agreeing = certificate.usage is CertificateUsage.KEY_AGREEMENT
    return certificate if agreeing and certificate.role is None else None


def unjoin_device(belongings: Belongings, command: Command, asked: UnjoinDeviceCommand) -> Handled:
    """Take a device out of the log, or say why not (CS04)."""
    entity = Eui64(int.from_bytes(asked.entity_id, "big"))
    fault = injected(command)
    code = _parted(belongings, command, entity) if fault is None else UnjoinResponseCode(fault)
    parted = (PartnerUnjoined(entity),) if code is UnjoinResponseCode.SUCCESS else ()
    return Handled(UnjoinDeviceResponse(code), (*parted, *of_unjoin(code)))


def _parted(belongings: Belongings, command: Command, entity: Eui64) -> UnjoinResponseCode:
    """What came of taking a device out of the log."""
    log = belongings.identity.log
    existing = log.find(entity)
    if existing is None:
        return UnjoinResponseCode.NOT_IN_DEVICE_LOG
    pair = belongings.identity.kind.device_type, DeviceType(existing.device_type)
    by_method_b = METHODS.get(pair) == _M.METHOD_B
    if by_method_b is not (command.use_case.code == _UNJOIN_METHOD_B):
        return UnjoinResponseCode.OTHER_FAILURE
    log.remove(entity)
    return UnjoinResponseCode.SUCCESS


def read_device_log(
    belongings: Belongings, command: Command, _asked: ReadDeviceLogCommand
) -> Handled:
    """Every entry of the log, in the order in which they were made (CS07)."""
    fault = injected(command)
    if fault is not None:
        return Handled(ReadDeviceLogResponse(ReadLogResponseCode(fault)))
    entries = log_entries(belongings.identity.log)
    return Handled(ReadDeviceLogResponse(ReadLogResponseCode.SUCCESS, entries))


def restore_device_log(
    belongings: Belongings, command: Command, asked: RestoreDeviceLogCommand
) -> Handled:
    """Take in the log of the gas proxy before, entry by entry (GCS59)."""
    log = belongings.identity.log
    outcomes: list[RestoreOutcome] = []
    effects: list[object] = []
    own = belongings.identity.kind.device_type
    for index, entry in enumerate(asked.entries):
        entity = Eui64(int.from_bytes(entry.device_id, "big"))
        fault = injected(command, index)
        if fault is not None:
            code = _C(fault)
        elif (own, DeviceType(entry.device_type)) not in METHODS:
            code = _C.INVALID_JOIN_METHOD_AND_ROLE
        else:
            code = _room(log, entity, entry.device_type)
        if code is _C.SUCCESS:
            log.add(entity, LogEntry(entry.device_type))
            effects.append(PartnerJoined(entity, entry.device_type))
        outcomes.append(RestoreOutcome(entry, code))
    return Handled(RestoreDeviceLogResponse(tuple(outcomes)), tuple(effects))


def log_entries(log: DeviceLog) -> tuple[DeviceLogEntry, ...]:
    """The log as ASN.1 payloads write it."""
    return tuple(
        DeviceLogEntry(eui64.to_bytes(8, "big"), entry.device_type)
        for eui64, entry in log.entries.items()
    )
