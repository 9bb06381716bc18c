"""The two doors: DUIS and SMKI over HTTP, each an ASGI application (DUIS 5.4; DCC Boxed)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.duis.desk import SERVICES
from emulator.duis.key_archive import ARCHIVE_PATH
from emulator.duis.smki import SmkiReply, SmkiRepository
from emulator.kernel.errors import LabError
from emulator.lab.serving.arrivals import Arrivals
from emulator.lab.serving.front import Front, Reply
from emulator.lab.serving.readers import Readers

if TYPE_CHECKING:
    from concurrent.futures import Future

XML: Final = "application/xml"
BUSY_AFTER: Final = 30.0
"""Seconds that the laboratory may take to answer; a request of DUIS is answered at once."""
_TOO_LARGE, _UNAVAILABLE = 413, 503


def duis_application(front: Front, readers: Readers, largest: int) -> Starlette:
    """The services of DUIS.

    Args:
        front: answers.
        readers: read documents.
        largest: octets of a document that is read.
    """
    arrivals: Arrivals[Reply] = Arrivals()

    def route(service: str) -> Route:
        async def answer(request: Request) -> Response:
            octets = await _body(request, largest)
            if octets is None:
                return PlainTextResponse(f"at most {largest} octets\n", _TOO_LARGE)
            with front.guest():
                read = await readers.read(octets)
                reply = front.go_on(read, SERVICES[service])
                return _response(await _awaited(reply, arrivals))

        return Route(f"/api/v1/{service}", answer, methods=["POST"])

    @asynccontextmanager
    async def open_readers(_application: Starlette) -> AsyncIterator[None]:
        await readers.open()
        yield

    routes = [route(service) for service in SERVICES]
    return Starlette(routes=routes, lifespan=open_readers)


def smki_application(repository: SmkiRepository, archive: bytes, largest: int) -> Starlette:
    """The services of the certificate repository.

    Args:
        repository: answers.
        archive: the keys of organisations, which clients download.
        largest: as above.
    """

    async def download(_request: Request) -> Response:
        return Response(archive, media_type="application/zip")

    def route(path: str, take: Callable[[bytes], SmkiReply]) -> Route:
        async def answer(request: Request) -> Response:
            octets = await _body(request, largest)
            if octets is None:
                return PlainTextResponse(f"at most {largest} octets\n", _TOO_LARGE)
            reply = take(octets)
            return Response(reply.octets, reply.status, media_type=XML)

        return Route(path, answer, methods=["POST"])

    return Starlette(
        routes=[
            route("/services/certificatesearch", repository.search),
            route("/services/retrievecertificate", repository.retrieve),
            Route(ARCHIVE_PATH, download),
        ]
    )


async def _body(request: Request, largest: int) -> bytes | None:
    """What a client sends; None as soon as it is more than is read."""
    octets = bytearray()
    try:
        async for chunk in request.stream():
            octets += chunk
            if len(octets) > largest:
                return None
    except ClientDisconnect:
        return b""
    return bytes(octets)


async def _awaited(reply: "Reply | Future[Reply]", arrivals: Arrivals[Reply]) -> Reply:
    if isinstance(reply, Reply):
        return reply
    try:
        async with asyncio.timeout(BUSY_AFTER):
            return await arrivals.awaited(reply)
    except TimeoutError:
        return Reply(_UNAVAILABLE, reason="the laboratory is busy")
    except LabError as fault:
        return Reply(_UNAVAILABLE, reason=str(fault))


def _response(reply: Reply) -> Response:
    if reply.document:
        return Response(reply.document, reply.status, media_type=XML)
    return PlainTextResponse(f"{reply.reason}\n", reply.status)
