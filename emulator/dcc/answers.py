"""What the DCC answers to requests, with the facts that tell of it (DUIS 5.4)."""

from emulator.dcc.checks.access_control import Case, Refusal
from emulator.dcc.facts import (
    RequestFailed,
    ServiceRequestAccepted,
    ServiceRequestReceived,
    ServiceRequestRefused,
)
from emulator.dcc.primitives import SequenceEnd
from emulator.dcc.service_request import Acknowledgement, ServiceRequest, ServiceResponse
from emulator.dcc.settings import AssumedCodes


def received(case: Case) -> ServiceRequestReceived:
    """The fact that a request came."""
    request = case.request
    user = "" if case.user is None else case.user.name
    name = "" if case.service is None else case.service.name
    return ServiceRequestReceived(
        str(request.request_id), request.srv, name, request.variant, user, request.target
    )


def accepted(
    request: ServiceRequest,
    code: str,
    *,
    pre_command: bytes | None = None,
    command: bytes | None = None,
    body: object = None,
) -> tuple[object, ...]:
    """The answer to a request that passed every check."""
    return (
        Acknowledgement(
            request_id=request.request_id,
            code=code,
            pre_command=pre_command,
            command=command,
            body=body,
        ),
        ServiceRequestAccepted(str(request.request_id), request.srv, code),
    )


def refused(request: ServiceRequest, found: Refusal, codes: AssumedCodes) -> tuple[object, ...]:
    """The answer to a request that goes no further."""
    return (
        Acknowledgement(
            request_id=request.request_id,
            code=found.code,
            reason=found.reason,
            clause=found.clause,
        ),
        ServiceRequestRefused(
            str(request.request_id),
            request.srv,
            found.code,
            found.reason,
            found.clause,
            codes.proven(found.code),
        ),
        SequenceEnd(request.request_id, successful=False),
    )


def failed(
    request: ServiceRequest, code: str, reason: str, schedule: int | None = None
) -> tuple[object, ...]:
    """The late answer to a request that was accepted and came to nothing."""
    return (
        RequestFailed(str(request.request_id), request.srv, code, reason),
        ServiceResponse(
            request_id=request.request_id,
            srv=request.srv,
            code=code,
            reason=reason,
            schedule=schedule,
        ),
        SequenceEnd(request.request_id, successful=False),
    )
