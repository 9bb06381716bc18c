"""The state that an answer tells of, taken over by a device (ASN.1 payloads).

Whose certificates stood in which cell, which image was held and who was in the log before a
reference answer was made, nobody can know but from that answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs.asn1.codes import (
    ActivateFirmwareResponseCode,
    DeviceTimeStatus,
    DeviceType,
    JoinMethodAndRole,
    JoinResponseCode,
    ReadLogResponseCode,
    ReadVersionResponseCode,
    StatusCode,
    UnjoinResponseCode,
    UpdateCertificateResponseCode,
)
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import Credential, KeyStore
from emulator.gbcs_device.asn1.certificates import USES
from emulator.gbcs_device.asn1.handling import Belongings
from emulator.gbcs_device.asn1.joins import METHODS
from emulator.gbcs_device.asn1.trust_anchor_reads import subject_name
from emulator.gbcs_device.device_clock import parse_generalized_time
from emulator.gbcs_device.device_log import LogEntry
from emulator.gbcs_device.firmware import FirmwareImage
from emulator.gbcs_device.own_keys import PreparedKey, prepared_from_request
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64

_UNJOIN_METHOD_B: Final = 0x0010


@dataclass(frozen=True, slots=True)
class _Told:
    """A command and its answer.

    Args:
        belongings: of the device that is to answer like this.
        known: certificates that may have been in its cells.
        code: message code.
        asked: value of the command's payload.
        told: value of the answer's payload.
    """

    belongings: Belongings
    known: KeyStore
    code: int
    asked: Any
    told: Any


def seed_belongings(
    belongings: Belongings, known: KeyStore, command: Message, response: Payload
) -> None:
    """Hold what an answer tells; one that does not fit its command is ignored.

    Args:
        belongings: of the device that is to answer like this.
        known: certificates that may have been in its cells.
        command: whose answer it is.
        response: the payload of the answer.
    """
    code = command.other_information.message_code
    try:
        payload = decode_payload(command)
    except WireError:
        return
    if not isinstance(payload, Asn1Payload) or not isinstance(response, Asn1Payload):
        return
    hold = _HOLDERS.get(code)
    if hold is not None and response.message_code == code:
        hold(_Told(belongings, known, code, payload.value, response.value))


def _hold_anchors(case: _Told) -> None:
    """Counters of the roles told of; empty cells of those of which nothing was found (CS02a)."""
    anchors = case.belongings.identity.anchors
    for details in case.told.details:
        if details.status == StatusCode.SUCCESS:
            anchors.record_counter(details.role, details.current_sequence_number or 0)
        elif details.status == StatusCode.TRUST_ANCHOR_NOT_FOUND:
            for each in anchors.cells_of(details.role):
                anchors.empty(each)


def _hold_replaced(case: _Told) -> None:
    """The certificates that were in the cells before, and an authority above the new ones.

    A replacement that was made tells that the device trusted the authority its path leads to
    (CS02b, CS02g).
    """
    outcome = case.told.outcome
    anchors = case.belongings.identity.anchors
    made = outcome is not None and any(
        each.status == StatusCode.SUCCESS for each in outcome.outcomes
    )
    if made and not anchors.authorities:
        for der in case.asked.path_certificates:
            anchors.trust(Certificate.decode(der))
    for each in () if outcome is None else outcome.outcomes:
        existing = _known_as(
            case.known, each.existing_subject_unique_id, each.existing_subject_key_id
        )
        if existing is not None:
            anchors.replace(each.cell, existing)


def _known_as(known: KeyStore, name: bytes, key_id: bytes) -> Certificate | None:
    for credential in known:
        held = credential.certificate
        if held is not None and (subject_name(held), held.subject_key) == (name, key_id):
            return held
    return None


def _hold_request(case: _Told) -> None:
    """The certification request that a new key will be asked for by (CS02c)."""
    use = USES.get(case.asked.key_usage)
    if use is None or not isinstance(case.told.result, bytes):
        return
    try:
        prepared = prepared_from_request(case.told.result)
    except LocalError:
        return
    case.belongings.identity.own.prepare(use, prepared)


def _hold_waiting_key(case: _Told) -> None:
    """The key pair that the certificate is for (CS02d)."""
    if case.told.response_code != UpdateCertificateResponseCode.SUCCESS:
        return
    certificate = Certificate.decode(case.asked.certificate)
    for use in USES.values():
        if use.usage is certificate.usage:
            own = case.belongings.identity.own
            held = own.find(use)
            private_key = None if held is None else held.private_key
            own.wait_for(use, PreparedKey(b"", certificate.public_key, private_key))


def _hold_certificate(case: _Told) -> None:
    """The certificate in use (CS02e)."""
    use = USES.get(case.asked.key_usage)
    if use is None or not isinstance(case.told.result, bytes):
        return
    certificate = Certificate.decode(case.told.result)
    own = case.belongings.identity.own
    held = own.find(use)
    own.hold(
        Credential(
            eui64=own.eui64,
            use=use,
            public_key=certificate.public_key,
            certificate=certificate,
            private_key=None if held is None else held.private_key,
        )
    )


def _hold_conflict(case: _Told) -> None:
    """An entry of another type, or none, in the log before a join (CS03)."""
    log = case.belongings.identity.log
    entity = Eui64(int.from_bytes(case.asked.entity_id, "big"))
    if case.told.response_code == JoinResponseCode.INCOMPATIBLE_WITH_EXISTING_ENTRY:
        others = (each for each in DeviceType if each != case.asked.device_type)
        log.add(entity, LogEntry(next(others)))
    elif case.told.response_code == JoinResponseCode.SUCCESS:
        log.remove(entity)


def _hold_entry(case: _Told) -> None:
    """The entry that is taken out of the log, of a type that the command is for (CS04)."""
    log = case.belongings.identity.log
    entity = Eui64(int.from_bytes(case.asked.entity_id, "big"))
    if case.told.response_code == UnjoinResponseCode.NOT_IN_DEVICE_LOG:
        log.remove(entity)
    if case.told.response_code != UnjoinResponseCode.SUCCESS:
        return
    own = case.belongings.identity.kind.device_type
    for (mine, other), method in METHODS.items():
        by_method_b = method == JoinMethodAndRole.METHOD_B
        if mine == own and by_method_b is (case.code == _UNJOIN_METHOD_B):
            log.add(entity, LogEntry(other))
            return


def _hold_log(case: _Told) -> None:
    """The whole log (CS07)."""
    if case.told.response_code != ReadLogResponseCode.SUCCESS:
        return
    log = case.belongings.identity.log
    for eui64 in tuple(log.entries):
        log.remove(eui64)
    for entry in case.told.entries or ():
        log.add(Eui64(int.from_bytes(entry.device_id, "big")), LogEntry(entry.device_type))


def _hold_image(case: _Told) -> None:
    """The image that is activated, or none; and the version that runs (CS06)."""
    outcome = case.told.outcome
    if outcome is None:
        return
    firmware = case.belongings.firmware
    codes = ActivateFirmwareResponseCode
    if outcome.response_code == codes.SUCCESS:
        firmware.held = FirmwareImage(case.asked.image_hash, outcome.firmware_version)
        return
    firmware.running = outcome.firmware_version
    if outcome.response_code == codes.NO_IMAGE_HELD:
        firmware.held = None


def _hold_version(case: _Told) -> None:
    """The version that runs (CS08)."""
    if case.told.response_code == ReadVersionResponseCode.SUCCESS:
        case.belongings.firmware.running = case.told.firmware_version


def _hold_hub_time(case: _Told) -> None:
    """The time that the hub gave out (GCS28)."""
    if case.told.status == DeviceTimeStatus.RELIABLE:
        case.belongings.clock.hear_hub(parse_generalized_time(case.told.device_time))


_HOLDERS: Final[Mapping[int, Callable[[_Told], None]]] = MappingProxyType(
    {
        0x0008: _hold_anchors,
        0x000A: _hold_request,
        0x000B: _hold_waiting_key,
        0x000C: _hold_certificate,
        0x000D: _hold_conflict,
        0x000E: _hold_conflict,
        0x000F: _hold_entry,
        0x0010: _hold_entry,
        0x0012: _hold_image,
        0x0013: _hold_log,
        0x007F: _hold_hub_time,
        0x00AB: _hold_conflict,
        0x00AF: _hold_conflict,
        **dict.fromkeys((*range(0x0102, 0x0109), 0x0125, 0x0126), _hold_replaced),
        0x011B: _hold_anchors,
        0x0129: _hold_version,
    }
)
"""What is held, by message code."""
