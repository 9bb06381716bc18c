"""What a reference answer tells before it is compared: plain values, injected faults, its kind."""

from typing import Final

from emulator.dlms.access import AccessRequest, AccessResponse, AccessResult
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.sensitive_payload import change_blocks
from emulator.gbcs.use_cases.record import Access, UseCase
from emulator.gbcs_device.cosem.data_protection import DATA_PROTECTION
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.injected_faults import faults_of
from emulator.gbcs_device.replay.asn1_faults import asn1_faults

_READING_CODES: Final = frozenset((0x0008, 0x000C, 0x009D, 0x009E, 0x0129, 0x011B, 0x012A))
"""Use cases that only read, by their names, where the annex does not say so.

CS02a, CS02e, GCS21d, GCS21e, CS08, CS02f and GCS60a.
"""


def plain_payload(response: Message, agreement: KeyAgreement) -> Payload:
    """The payload of an answer, its sensitive data decrypted in place where keys are at hand.

    Raises:
        WireError: when it is no payload.
    """
    payload = decode_payload(response)
    try:
        return change_blocks(payload, SensitiveData(response, agreement).decrypt)
    except (MissingKeyError, ProtectionError):
        return payload


def injected_faults(command: Payload, response: Payload) -> tuple[InjectedFault, ...]:
    """The faults with which a command is answered like that.

    Args:
        command: its payload.
        response: payload of the answer, in the plain.
    """
    if isinstance(command, GbzPayload) and isinstance(response, GbzPayload):
        return faults_of(command, response)
    if isinstance(response, Asn1Payload):
        return asn1_faults(response)
    if isinstance(response, AccessResponse):
        for index, outcome in enumerate(response.outcomes):
            if outcome.result != AccessResult.SUCCESS:
                return (InjectedFault(index, outcome.result),)
    return ()


def reads_only(use_case: UseCase, command: Payload) -> bool:
    """Whether a command asks for nothing but values."""
    if use_case.access is not None:
        return use_case.access is Access.READ
    if isinstance(command, AccessRequest):
        return all(
            item.kind in (AccessKind.GET, AccessKind.GET_WITH_SELECTION)
            or item.class_id == DATA_PROTECTION
            for item in command.descriptors
        )
    return use_case.code in _READING_CODES
