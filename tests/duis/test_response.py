from datetime import UTC, datetime

import pytest

from emulator.dcc.service_request import (
    Acknowledgement,
    DccAlert,
    DeviceAlert,
    RequestId,
    ServiceRequest,
    ServiceResponse,
)
from emulator.duis.response import ResponseWriter, reference_of
from emulator.duis.schema import Schema
from emulator.duis.tree import Node, write_node
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.duis_scene import duis_folder

ID = RequestId(Eui64(0x10), Eui64(0x20), 3)
NOW = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
WRITER = ResponseWriter(Eui64(0x30))


def asked(srv: str, variant: int) -> ServiceRequest:
    return ServiceRequest(request_id=ID, srv=srv, variant=variant)


def answered(code: str, **more: bytes) -> Acknowledgement:
    return Acknowledgement(request_id=ID, code=code, **more)  # type: ignore[arg-type]  # octets


DOCUMENTS = {
    "acknowledgement": WRITER.acknowledgement(asked("4.1.1", 1), answered("I99"), NOW),
    "refusal": WRITER.refusal(ID, "4.1.1", "E100", NOW),
    "pre-command": WRITER.acknowledgement(
        asked("8.7.1", 4), answered("I0", pre_command=b"\xdf"), NOW
    ),
    "local command": WRITER.acknowledgement(
        asked("4.1.1", 2), answered("I0", command=b"\xdd"), NOW
    ),
    "response": WRITER.service_response(
        ServiceResponse(request_id=ID, srv="4.1.1", code="I0", message=b"\xdd"), NOW
    ),
    "scheduled": WRITER.service_response(
        ServiceResponse(request_id=ID, srv="4.1.1", code="I0", message=b"\xdd", schedule=7), NOW
    ),
    "customer number": WRITER.service_response(
        ServiceResponse(
            request_id=ID, srv="9.1", code="I0", message=b"\xdd", customer_number="0042"
        ),
        NOW,
    ),
    "no response": WRITER.service_response(
        ServiceResponse(request_id=ID, srv="4.1.1", code="E21"), NOW
    ),
    "device alert": WRITER.device_alert(
        DeviceAlert(
            user=Eui64(1), device=Eui64(2), code=0x8F12, message=b"\xdd", sequence_id=1, count=9
        ),
        4,
        NOW,
    ),
    "DCC alert": WRITER.dcc_alert(
        DccAlert(
            user=Eui64(1),
            code="N24",
            family="UpdateHANDeviceLogResult",
            payload={"RequestID": str(ID)},
        ),
        5,
        NOW,
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_published_schema_takes_what_is_written(name: str) -> None:
    document = DOCUMENTS[name]

    assert document is not None
    Schema(duis_folder() / "schema").check(write_node(document))


def header(name: str) -> Node:
    document = DOCUMENTS[name]
    assert document is not None
    return document.parts[0]


def test_a_response_names_its_request_and_turns_the_parties_round() -> None:
    assert header("response").said("RequestID") == str(ID)
    assert header("response").said("ResponseID") == str(RequestId(ID.target, ID.originator, 3))
    assert header("acknowledgement").part("ResponseID") is None
    assert header("response").said("ResponseDateTime") == "2026-01-05T07:30:00.000Z"


def test_an_alert_that_the_dcc_cannot_fill_in_is_not_written() -> None:
    alert = DccAlert(user=Eui64(1), code="N3", family="CommandFailure")

    assert WRITER.dcc_alert(alert, 1, NOW) is None


def test_the_reference_is_the_first_two_parts() -> None:
    assert reference_of("8.14.1") == "8.14"
    assert reference_of("8.2") == "8.2"
