"""What the DCC sends its users, as DUIS writes it (DUIS 5.4 Response)."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from emulator.dcc.service_request import (
    Acknowledgement,
    CommandVariant,
    DccAlert,
    DeviceAlert,
    RequestId,
    ServiceRequest,
    ServiceResponse,
)
from emulator.duis.request import SCHEMA_VERSION
from emulator.duis.response_bodies import alert_payload, own_answer
from emulator.duis.tree import Node
from emulator.kernel.identity import Eui64
from emulator.kernel.settings import setting

_SUCCESS: Final = "I0"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSettings:
    """How responses are written."""

    gbcs_version: str = setting(
        "4.3", source="DUIS 5.4 is aligned with GBCS 4.3; the spelling is assumed", verified=False
    )
    """GBCSVersion of a pre-command, which is mandatory there."""


@dataclass(frozen=True, slots=True)
class ResponseWriter:
    """Writes what the DCC sends.

    Args:
        name: identifier of the DCC itself.
        settings: of what is written.
    """

    name: Eui64
    settings: ResponseSettings = ResponseSettings()

    def acknowledgement(
        self, request: ServiceRequest, answer: Acknowledgement, moment: datetime
    ) -> Node:
        """The answer to a request at once."""
        header = _header(answer.code, moment, request_id=answer.request_id)
        return _response(header, _message(request.srv, self._content(request, answer)))

    def refusal(self, request_id: RequestId, srv: str, code: str, moment: datetime) -> Node:
        """The answer to a request that never reached the DCC's own checks."""
        return _response(_header(code, moment, request_id=request_id), _message(srv, None))

    def service_response(self, response: ServiceResponse, moment: datetime) -> Node:
        """What came of a request that went on to a device."""
        named = response.request_id
        answered = RequestId(named.target, named.originator, named.counter)
        content = None if response.message is None else _payload(response.message)
        if response.schedule is not None and content is not None:
            number = Node("DSPScheduleID", str(response.schedule))
            content = Node("DSPScheduledMessage", parts=(content, number))
        if response.customer_number and content is not None:
            number = Node("CustomerIdentificationNumber", response.customer_number)
            content = Node("CINMessage", parts=(content, number))
        header = _header(response.code, moment, request_id=named, response_id=answered)
        return _response(header, _message(response.srv, content))

    def device_alert(self, alert: DeviceAlert, counter: int, moment: datetime) -> Node:
        """An alert of a device.

        Args:
            alert: as the DCC passes it on.
            counter: of the response, one more for each.
            moment: when it is sent.
        """
        response_id = RequestId(alert.device, alert.user, counter)
        parts = [Node("AlertCode", f"{alert.code:04X}"), *_consolidation(alert)]
        message = Node("DeviceAlertMessage", parts=(*parts, _payload(alert.message)))
        return _response(_header(_SUCCESS, moment, response_id=response_id), message)

    def dcc_alert(self, alert: DccAlert, counter: int, moment: datetime) -> Node | None:
        """An alert of the DCC itself; `counter` and `moment` as for an alert of a device.

        None where the emulated DCC does not know all that the alert must say.
        """
        said = alert_payload(alert)
        if said is None:
            return None
        response_id = RequestId(self.name, alert.user, counter)
        payload = Node("DCCAlert", parts=(said,))
        message = Node("DCCAlertMessage", parts=(Node("DCCAlertCode", alert.code), payload))
        return _response(_header(_SUCCESS, moment, response_id=response_id), message)

    def _content(self, request: ServiceRequest, answer: Acknowledgement) -> Node | None:
        if answer.pre_command is not None:
            version = Node("GBCSVersion", self.settings.gbcs_version)
            return Node("PreCommand", parts=(version, _payload(answer.pre_command)))
        if answer.command is not None:
            return Node("LocalCommand", parts=(_payload(answer.command),))
        if request.variant == CommandVariant.DCC_ONLY:
            return own_answer(request, answer.body)
        return None


def _consolidation(alert: DeviceAlert) -> tuple[Node, ...]:
    """What tells that one alert stands for several."""
    if alert.sequence_id is None or alert.count is None:
        return ()
    return (
        Node("ThrottledAlertSequenceId", str(alert.sequence_id)),
        Node("ThrottledAlertCount", str(alert.count)),
    )


def _payload(octets: bytes) -> Node:
    return Node("GBCSPayload", base64.b64encode(octets).decode())


def _message(srv: str, content: Node | None) -> Node:
    parts = (Node("ServiceReference", reference_of(srv)), Node("ServiceReferenceVariant", srv))
    return Node("ResponseMessage", parts=parts if content is None else (*parts, content))


def reference_of(srv: str) -> str:
    """The service reference of a variant: `4.1` of `4.1.1`, `8.2` of itself."""
    return ".".join(srv.split(".")[:2])


def _header(
    code: str,
    moment: datetime,
    *,
    request_id: RequestId | None = None,
    response_id: RequestId | None = None,
) -> Node:
    named = [("RequestID", request_id), ("ResponseID", response_id)]
    parts = [Node(name, str(value)) for name, value in named if value is not None]
    written = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    last = (Node("ResponseCode", code), Node("ResponseDateTime", written))
    return Node("Header", parts=(*parts, *last))


def _response(header: Node, message: Node) -> Node:
    version = (("schemaVersion", SCHEMA_VERSION),)
    return Node("Response", parts=(header, Node("Body", parts=(message,))), attributes=version)
