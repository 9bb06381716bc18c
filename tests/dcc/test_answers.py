from emulator.dcc.answers import accepted, failed, refused
from emulator.dcc.checks.access_control import Refusal
from emulator.dcc.facts import RequestFailed, ServiceRequestAccepted, ServiceRequestRefused
from emulator.dcc.primitives import SequenceEnd
from emulator.dcc.service_request import (
    Acknowledgement,
    RequestId,
    ServiceRequest,
    ServiceResponse,
)
from emulator.dcc.settings import AssumedCodes
from emulator.testing.scenes.dcc_scene import ESME, HUB

REQUEST = ServiceRequest(request_id=RequestId(HUB, ESME, 1), srv="6.2.7", variant=1)


def test_acceptance_is_answered_and_written_down() -> None:
    answer, fact = accepted(REQUEST, "I99", body=1)

    assert isinstance(answer, Acknowledgement)
    assert answer.accepted
    assert (answer.code, answer.body) == ("I99", 1)
    assert isinstance(fact, ServiceRequestAccepted)


def test_refusal_says_whether_its_code_is_proven() -> None:
    codes = AssumedCodes()

    proven = refused(REQUEST, Refusal("E19", "reason", "clause"), codes)
    assumed = refused(REQUEST, Refusal(codes.signature, "reason", "clause"), codes)

    facts = [each for each in (*proven, *assumed) if isinstance(each, ServiceRequestRefused)]
    assert [fact.verified for fact in facts] == [True, False]
    assert SequenceEnd(REQUEST.request_id, successful=False) in proven


def test_failure_is_a_response_without_message() -> None:
    fact, response, end = failed(REQUEST, "E21", "no answer", schedule=3)

    assert isinstance(fact, RequestFailed)
    assert isinstance(response, ServiceResponse)
    assert (response.code, response.message, response.schedule) == ("E21", None, 3)
    assert end == SequenceEnd(REQUEST.request_id, successful=False)
