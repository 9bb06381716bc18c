"""Whether a device did what it was asked, by the kind of its answer (GBCS 7.2.8 to 7.2.11)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator.dlms.access import AccessResponse, AccessResult
from emulator.gbcs.asn1.codes import DeviceTimeStatus, JoinResponseCode, StatusCode
from emulator.gbcs.asn1.credentials import (
    IssueCredentialsResponse,
    ProvideCertificateResponse,
    ProvideCredentialsResponse,
    UpdateCertificateResponse,
    UpdateCredentialsResponse,
)
from emulator.gbcs.asn1.device_logs import (
    JoinDeviceResponse,
    ReadDeviceLogResponse,
    RestoreDeviceLogResponse,
    UnjoinDeviceResponse,
)
from emulator.gbcs.asn1.firmware import ActivateFirmwareResponse, ReadFirmwareVersionResponse
from emulator.gbcs.asn1.gas_clock import SetTimeResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload
from emulator.kernel.errors import WireError
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    ReadAttributesResponse,
)
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.primitives import ZclStatus

_DEFAULT_RESPONSE: Final = 0x0B
"""ZCL8 2.5.12."""
_READ_ATTRIBUTES_RESPONSE: Final = 0x01
"""ZCL8 2.5.2."""
_NOTHING_WRONG: Final = frozenset(
    (ZclStatus.SUCCESS, ZclStatus.NOT_FOUND, ZclStatus.UNSUPPORTED_ATTRIBUTE)
)
"""Reference answers that succeed also say that there is no such entry or attribute."""


def successful(payload: Payload) -> bool:
    """Whether an answer says that everything was carried out, or accepted for its date."""
    match payload:
        case AccessResponse():
            return all(outcome.result == AccessResult.SUCCESS for outcome in payload.outcomes)
        case GbzPayload():
            return payload.alert is None and all(map(_component_successful, payload.components))
        case Asn1Payload():
            check = _ASN1.get(type(payload.value))
            return check is None or check(payload.value)
        case _:
            return False


def _component_successful(component: GbzComponent) -> bool:
    """Whether one answer in a GBZ payload says success; an encrypted one says nothing else."""
    if component.encrypted or component.header.frame_type is not FrameType.GENERAL:
        return True
    try:
        if component.header.command == _DEFAULT_RESPONSE:
            return DefaultResponse.decode(component.payload).status in _NOTHING_WRONG
        if component.header.command == _READ_ATTRIBUTES_RESPONSE:
            records = ReadAttributesResponse.decode(component.payload).records
            return all(record.status in _NOTHING_WRONG for record in records)
    except WireError:
        return False
    return True


def _code_zero(answer: Any) -> bool:
    return not answer.response_code


def _credentials_updated(answer: UpdateCredentialsResponse) -> bool:
    if answer.outcome is None:
        return True
    return all(each.status == StatusCode.SUCCESS for each in answer.outcome.outcomes)


def _credentials_provided(answer: ProvideCredentialsResponse) -> bool:
    return all(each.status == StatusCode.SUCCESS for each in answer.details)


def _octets(answer: Any) -> bool:
    return isinstance(answer.result, bytes)


def _activated(answer: ActivateFirmwareResponse) -> bool:
    return answer.outcome is None or not answer.outcome.response_code


def _restored(answer: RestoreDeviceLogResponse) -> bool:
    return all(each.response_code == JoinResponseCode.SUCCESS for each in answer.outcomes)


def _clock_set(answer: SetTimeResponse) -> bool:
    return answer.status == DeviceTimeStatus.RELIABLE


_ASN1: Final[Mapping[type, Callable[[Any], bool]]] = MappingProxyType(
    {
        JoinDeviceResponse: _code_zero,
        UnjoinDeviceResponse: _code_zero,
        ReadDeviceLogResponse: _code_zero,
        ReadFirmwareVersionResponse: _code_zero,
        UpdateCertificateResponse: _code_zero,
        UpdateCredentialsResponse: _credentials_updated,
        ProvideCredentialsResponse: _credentials_provided,
        IssueCredentialsResponse: _octets,
        ProvideCertificateResponse: _octets,
        ActivateFirmwareResponse: _activated,
        RestoreDeviceLogResponse: _restored,
        SetTimeResponse: _clock_set,
    }
)
"""Answers with a status of their own."""
