"""Which items of a command in ASN.1 failed, as its answer tells (GBCS 11 to 13)."""

from typing import Final

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
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs_device.execution import InjectedFault

_SUCCESS: Final = 0


def asn1_faults(response: Asn1Payload) -> tuple[InjectedFault, ...]:
    """The faults with which a command is answered like that.

    Args:
        response: payload of the answer.
    """
    return tuple(
        InjectedFault(item, code)
        for item, code in enumerate(_codes(response.value))
        if code != _SUCCESS
    )


def _codes(value: object) -> tuple[int, ...]:
    """The result of each item, in their order."""
    match value:
        case ProvideCredentialsResponse(details):
            return tuple(each.status for each in details)
        case UpdateCredentialsResponse(outcome=outcome) if outcome is not None:
            return tuple(each.status for each in outcome.outcomes)
        case RestoreDeviceLogResponse(outcomes):
            return tuple(each.response_code for each in outcomes)
        case _:
            code = _only_code(value)
            return () if code is None else (code,)


def _only_code(value: object) -> int | None:
    """The result of a command that has one item; None where it tells something else."""
    match value:
        case ActivateFirmwareResponse(outcome):
            return None if outcome is None else outcome.response_code
        case IssueCredentialsResponse(result) | ProvideCertificateResponse(result):
            return result if isinstance(result, int) else None
        case (
            UpdateCertificateResponse(response_code=code)
            | JoinDeviceResponse(response_code=code)
            | UnjoinDeviceResponse(response_code=code)
            | ReadDeviceLogResponse(response_code=code)
            | ReadFirmwareVersionResponse(response_code=code)
        ):
            return code
        case _:
            return None
