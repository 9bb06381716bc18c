from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from emulator.dcc.orders.correlation import sign_pre_command
from emulator.dcc.service_request import Endpoint, RequestId
from emulator.duis.certificates import SigningCertificates
from emulator.duis.desk import DuisDesk
from emulator.duis.request import DuisRequest
from emulator.duis.signature import verify
from emulator.duis.tree import Node
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import seconds
from emulator.lab.serving.front import Front, Reply
from emulator.lab.serving.loop_line import LoopLine
from emulator.testing.scenes.dcc_scene import ESME, PPMID, STRANGER, DccScene
from emulator.testing.scenes.duis_scene import desk, read_registers, signed, signer, valid_until
from tests.lab.serving.served import front_of, scene

if TYPE_CHECKING:
    from concurrent.futures import Future

SEND = Endpoint.SEND_COMMAND


def request_of(made: DccScene, counter: int, target: Eui64 = ESME, variant: int = 1) -> bytes:
    supplier = made.dcc.user("supplier").eui64
    request = read_registers(RequestId(supplier, target, counter), variant)
    return signed(request, signer(made.keys, supplier))


def answer(line: LoopLine, taken: "Reply | Future[Reply]") -> Reply:
    if isinstance(taken, Reply):
        return taken
    line.receive(line.read())
    return taken.result(0)


def code(octets: bytes) -> str:
    return str(etree.fromstring(octets).findtext(".//{*}ResponseCode"))


def test_a_request_is_acknowledged_and_answered_later() -> None:
    made, line = scene(), LoopLine()
    front, posted = front_of(made, line), list[bytes]()
    front.deliver_to(posted.append)

    first = answer(line, front.take(request_of(made, 5000), SEND))
    made.run(seconds(20))

    assert code(first.document) == "I99"
    assert [code(each) for each in posted] == ["I0"]
    assert b"<sr:GBCSPayload>" in posted[0]
    line.close()


def test_what_the_dcc_refuses_has_its_code() -> None:
    made, line = scene(), LoopLine()
    front, told = front_of(made, line), list[str]()
    front.tell = told.append

    def asked(octets: bytes, endpoint: Endpoint = SEND) -> str:
        return code(answer(line, front.take(octets, endpoint)).document)

    assert asked(request_of(made, 5000)) == "I99"
    assert asked(request_of(made, 5000)) == "E100"
    assert asked(request_of(made, 5001, STRANGER)) == "E19"
    assert asked(request_of(made, 5002, variant=9)) == "E12"
    assert asked(request_of(made, 5003), Endpoint.TRANSFORM) == "E13"
    assert len(told) == 4
    assert "used before" in told[0]
    line.close()


def test_what_is_no_request_is_answered_at_once() -> None:
    line = LoopLine()
    reply = front_of(scene(), line).take(b"<a/>", SEND)

    assert isinstance(reply, Reply)
    assert (reply.status, reply.document) == (400, b"")
    line.close()


def test_an_unsigned_request_has_an_answer_of_duis() -> None:
    made, line = scene(), LoopLine()
    octets = request_of(made, 5000).split(b"<ds:Signature")[0] + b"</sr:Request>"

    reply = answer(line, front_of(made, line).take(octets, SEND))

    assert (reply.status, code(reply.document)) == (200, "E100")
    line.close()


@pytest.mark.parametrize(("end", "expected"), [(6, "I99"), (4, "E100")])
def test_certificates_hold_in_the_time_of_the_home(end: int, expected: str) -> None:
    made, line, told = scene(), LoopLine(), list[str]()
    supplier = made.dcc.user("supplier").eui64
    by = valid_until(signer(made.keys, supplier), datetime(2026, 1, end, tzinfo=UTC))
    front = Front(made.dcc, made.scheduler, DuisDesk(SigningCertificates((by,))), line)
    front.tell = told.append
    document = signed(read_registers(RequestId(supplier, ESME, 5000)), by)

    reply = answer(line, front.take(document, SEND))

    assert (reply.status, code(reply.document)) == (200, expected)
    assert ("not valid on 2026-01-05" in "".join(told)) is (expected != "I99")
    line.close()


def test_replies_are_signed_when_asked() -> None:
    made, line = scene(), LoopLine()
    broker = signer(made.keys, made.dcc.world.name)
    front = Front(made.dcc, made.scheduler, desk(made.keys), line, broker)

    reply = answer(line, front.take(request_of(made, 5000), SEND))

    assert verify(etree.fromstring(reply.document), SigningCertificates((broker,))) == broker
    line.close()


def critical(made: DccScene, variant: int, body: Node) -> bytes:
    """SRV 8.7.1: a meter takes a PPMID into its device log."""
    supplier = made.dcc.user("supplier").eui64
    request = DuisRequest(
        request_id=RequestId(supplier, ESME, 6000),
        variant=variant,
        reference="8.7",
        srv="8.7.1",
        body=body,
    )
    return signed(request, signer(made.keys, supplier))


def test_a_critical_request_is_transformed_signed_and_sent() -> None:
    made, line = scene(), LoopLine()
    made.listed(PPMID)
    front = front_of(made, line)
    other = Node("JoinDevice", parts=(Node("OtherDeviceID", format_eui64(PPMID)),))
    transformed = answer(line, front.take(critical(made, 4, other), Endpoint.TRANSFORM))
    found = etree.fromstring(transformed.document).find(".//{*}PreCommand")
    assert found is not None
    assert found.findtext("{*}GBCSVersion")
    pre_command = b64decode(found.findtext("{*}GBCSPayload") or "")
    key = signer(made.keys, made.dcc.user("supplier").eui64).private_key
    assert key is not None

    def brought_back(octets: bytes) -> str:
        payload = Node("GBCSPayload", b64encode(octets).decode())
        document = critical(made, 5, Node("SignedPreCommand", parts=(payload,)))
        return code(answer(line, front.take(document, SEND)).document)

    assert code(transformed.document) == "I0"
    assert brought_back(sign_pre_command(pre_command, key)) == "I99"
    assert brought_back(sign_pre_command(pre_command, key)) == "E100"
    line.close()
