import asyncio
import threading
from collections.abc import Iterator

import httpx
import pytest
from starlette.types import Message

from emulator.dcc.service_request import RequestId
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.serving.duis_door import DuisDoor
from emulator.lab.serving.loop_line import LoopLine
from emulator.lab.serving.readers import Readers
from emulator.lab.serving.reading_process import WhatToKnow
from emulator.testing.scenes.dcc_scene import ESME
from emulator.testing.scenes.duis_scene import desk, read_registers, signed, signer
from tests.lab.serving.served import front_of, scene, turning

LARGEST = 20_000
LINE = LoopLine()
MADE = scene()
SUPPLIER = MADE.dcc.user("supplier").eui64


@pytest.fixture(scope="module", autouse=True)
def closed_line() -> Iterator[None]:
    """Its sockets do not outlive the tests."""
    yield
    LINE.close()


@pytest.fixture
def duis() -> DuisDoor:
    return application(LINE)


def application(line: LoopLine) -> DuisDoor:
    front, known = front_of(MADE, line), desk(MADE.keys)
    know = WhatToKnow.of(known.certificates, None, known.bounds)
    return DuisDoor(front, Readers(0, know, known.read), LARGEST)


def request(counter: int) -> bytes:
    document = read_registers(RequestId(SUPPLIER, ESME, counter))
    return signed(document, signer(MADE.keys, SUPPLIER))


def posted(application: DuisDoor, path: str, octets: bytes, method: str = "POST") -> httpx.Response:
    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://hanlab") as client:
            return await client.request(method, path, content=octets)

    return turning(LINE, lambda: asyncio.run(post()))


def test_a_request_is_acknowledged_as_xml(duis: DuisDoor) -> None:
    answer = posted(duis, "/api/v1/serviceS", request(7000))

    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == "application/xml"
    assert "<sr:ResponseCode>I99<" in answer.text


@pytest.mark.parametrize("service", ["serviceT", "serviceD"])
def test_a_request_at_the_wrong_address_is_answered_in_duis(duis: DuisDoor, service: str) -> None:
    answer = posted(duis, f"/api/v1/{service}", request(7001))

    assert "<sr:ResponseCode>E13<" in answer.text


def test_what_is_no_request_is_refused(duis: DuisDoor) -> None:
    assert posted(duis, "/api/v1/serviceS", b"<!DOCTYPE a><a/>").status_code == 400
    assert posted(duis, "/api/v1/serviceS", b" " * (LARGEST + 1)).status_code == 413
    assert posted(duis, "/api/v1/serviceX", b"").status_code == 404
    assert posted(duis, "/api/v1/serviceS", b"", "GET").status_code == 405


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_another_method_is_told_which_one_is_right(duis: DuisDoor, method: str) -> None:
    answer = posted(duis, "/api/v1/serviceS", b"", method)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/", "/api/v1/", "/serviceS", "/api/v1/serviceS/", "/x/serviceS"])
def test_an_address_without_a_service_is_told_which_there_are(duis: DuisDoor, path: str) -> None:
    answer = posted(duis, path, request(7002))

    assert answer.status_code == 404
    assert "/api/v1/serviceS" in answer.text


def test_a_burst_is_answered_before_a_busy_home_goes_on() -> None:
    line, clock = LoopLine(), PacedClock()
    scheduler, codes, seen = Scheduler(clock), list[int](), list[tuple[bool, int]]()
    clock.open(line.name, lambda: line, line.receive)
    clock.give_way(lambda: line.asked)

    def busy() -> None:
        seen.append((line.asked, len(codes)))
        scheduler.at(scheduler.now, busy)

    async def burst() -> None:
        transport = httpx.ASGITransport(app=application(line))
        async with httpx.AsyncClient(transport=transport, base_url="http://hanlab") as client:
            asked = (client.post("/api/v1/serviceS", content=request(7100 + n)) for n in range(20))
            codes.extend(each.status_code for each in await asyncio.gather(*asked))

    scheduler.at(Instant(0), busy)
    thread = threading.Thread(target=lambda: asyncio.run(burst()))
    thread.start()
    scheduler.run(stop=lambda: bool(codes))

    thread.join()
    clock.close()
    assert codes == [200] * 20
    assert sum(asked for asked, _ in seen) <= 1


def exchanged(line: LoopLine, *messages: Message) -> list[Message]:
    """What is sent to a client that says this much."""
    sent, coming = list[Message](), iter(messages)

    async def ask() -> None:
        async def receive() -> Message:
            return next(coming)

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/api/v1/serviceS", "headers": []}
        await application(line)(scope, receive, send)

    turning(line, lambda: asyncio.run(ask()))
    return sent


def piece(octets: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": octets, "more_body": more}


def test_a_document_may_come_in_pieces() -> None:
    octets = request(7003)
    pieces = (piece(octets[:9], more=True), piece(octets[9:700], more=True))

    sent = exchanged(LINE, *pieces, piece(octets[700:], more=False))

    assert sent[0]["status"] == 200
    assert b">I99<" in sent[1]["body"]


def test_no_more_is_read_than_is_ever_taken() -> None:
    sent = exchanged(LINE, piece(b" " * LARGEST, more=True), piece(b" ", more=True))

    assert sent[0]["status"] == 413


def test_a_client_that_vanished_holds_up_nobody() -> None:
    exchanged(LINE, {"type": "http.disconnect"})

    assert not LINE.asked


def test_a_laboratory_that_is_closed_is_told_of() -> None:
    line = LoopLine()
    line.close()

    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(app=application(line))
        async with httpx.AsyncClient(transport=transport, base_url="http://hanlab") as client:
            return await client.post("/api/v1/serviceS", content=request(7004))

    answer = asyncio.run(post())

    assert (answer.status_code, answer.text) == (503, "the laboratory is closed\n")
