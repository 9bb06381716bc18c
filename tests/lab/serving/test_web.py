import asyncio
import threading

import httpx
import pytest
from starlette.applications import Starlette

from emulator.dcc.service_request import RequestId
from emulator.duis.smki import SmkiRepository
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.serving.loop_line import LoopLine
from emulator.lab.serving.readers import Readers
from emulator.lab.serving.reading_process import WhatToKnow
from emulator.lab.serving.web import duis_application, smki_application
from emulator.testing.scenes.dcc_scene import ESME
from emulator.testing.scenes.duis_scene import desk, read_registers, signed, signer
from tests.lab.serving.served import front_of, scene, turning

LARGEST = 20_000
LINE = LoopLine()
MADE = scene()
SUPPLIER = MADE.dcc.user("supplier").eui64


@pytest.fixture
def duis() -> Starlette:
    return application(LINE)


def application(line: LoopLine) -> Starlette:
    front, known = front_of(MADE, line), desk(MADE.keys)
    know = WhatToKnow.of(known.certificates, None, known.bounds)
    return duis_application(front, Readers(0, know, known.read), LARGEST)


def request(counter: int) -> bytes:
    document = read_registers(RequestId(SUPPLIER, ESME, counter))
    return signed(document, signer(MADE.keys, SUPPLIER))


def posted(
    application: Starlette, path: str, octets: bytes, method: str = "POST"
) -> httpx.Response:
    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://hanlab") as client:
            return await client.request(method, path, content=octets)

    return turning(LINE, lambda: asyncio.run(post()))


def test_a_request_is_acknowledged_as_xml(duis: Starlette) -> None:
    answer = posted(duis, "/api/v1/serviceS", request(7000))

    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == "application/xml"
    assert "<sr:ResponseCode>I99<" in answer.text


@pytest.mark.parametrize("service", ["serviceT", "serviceD"])
def test_a_request_at_the_wrong_address_is_answered_in_duis(duis: Starlette, service: str) -> None:
    answer = posted(duis, f"/api/v1/{service}", request(7001))

    assert "<sr:ResponseCode>E13<" in answer.text


def test_what_is_no_request_is_refused(duis: Starlette) -> None:
    assert posted(duis, "/api/v1/serviceS", b"<!DOCTYPE a><a/>").status_code == 400
    assert posted(duis, "/api/v1/serviceS", b" " * (LARGEST + 1)).status_code == 413
    assert posted(duis, "/api/v1/serviceX", b"").status_code == 404
    assert posted(duis, "/api/v1/serviceS", b"", "GET").status_code == 405


def test_the_repository_is_searched_over_http() -> None:
    certificates = (each.certificate for each in MADE.keys if each.certificate is not None)
    smki = smki_application(SmkiRepository(certificates), b"", 1000)

    for path in ("/services/certificatesearch", "/services/retrievecertificate"):
        assert posted(smki, f"{path}?apikey=x", b"<a/>").status_code == 401
        assert posted(smki, path, b" " * 1001).status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_key_archive_is_downloaded(method: str) -> None:
    smki = smki_application(SmkiRepository(()), b"PK", 1000)

    answer = posted(smki, "/assets/crypto/org-crypto.zip", b"", method)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-length"] == "2"


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


def test_a_client_that_vanished_holds_up_nobody() -> None:
    line = LoopLine()
    sent = list[object]()

    async def gone() -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.disconnect"}

        async def send(message: object) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/api/v1/serviceS", "headers": []}
        await application(line)(scope | {"query_string": b""}, receive, send)

    asyncio.run(gone())

    assert not line.asked
    line.close()
