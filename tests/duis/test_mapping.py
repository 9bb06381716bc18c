from dataclasses import replace

import pytest

from emulator.dcc.service_request import Endpoint, RequestId
from emulator.duis.mapping import RequestMapping
from emulator.duis.refusal import DuisRefusal
from emulator.duis.request import DuisRequest
from emulator.duis.tree import Node
from emulator.testing.scenes.duis_scene import read_registers

ID = RequestId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000")
SIGNED = Node("SignedPreCommand", parts=(Node("GBCSPayload", "3w=="),))
TRANSFORM = DuisRequest(
    request_id=ID,
    variant=4,
    reference="8.7",
    srv="8.7.1",
    body=Node("JoinDevice", parts=(Node("OtherDeviceID", "00-DB-12-34-56-78-90-A4"),)),
)


def test_the_request_names_the_service_it_was_brought_to() -> None:
    made = RequestMapping().service_request(read_registers(ID), Endpoint.TRANSFORM)

    assert made.endpoint is Endpoint.TRANSFORM
    assert (made.request_id, made.srv, made.variant) == (ID, "4.1.1", 1)


@pytest.mark.parametrize("variant", [5, 6, 7])
def test_a_signed_pre_command_has_the_parameters_it_was_made_of(variant: int) -> None:
    mapping = RequestMapping()
    first = mapping.service_request(TRANSFORM, Endpoint.TRANSFORM)

    made = mapping.service_request(
        replace(TRANSFORM, variant=variant, body=SIGNED), Endpoint.SEND_COMMAND
    )

    assert made.pre_command == b"\xdf"
    assert made.parameters == first.parameters


@pytest.mark.parametrize(
    "request_",
    [
        replace(TRANSFORM, body=SIGNED),
        replace(TRANSFORM, variant=5),
        replace(TRANSFORM, reference="8.8"),
    ],
)
def test_a_body_that_does_not_fit_the_header_is_refused(request_: DuisRequest) -> None:
    with pytest.raises(DuisRefusal):
        RequestMapping().service_request(request_, Endpoint.SEND_COMMAND)


def test_what_is_remembered_is_bounded() -> None:
    mapping = RequestMapping()
    for counter in range(10_050):
        request = replace(TRANSFORM, request_id=replace(ID, counter=counter))
        mapping.service_request(request, Endpoint.TRANSFORM)

    first = replace(TRANSFORM, variant=5, body=SIGNED, request_id=replace(ID, counter=0))

    assert mapping.service_request(first, Endpoint.SEND_COMMAND).parameters == {}
