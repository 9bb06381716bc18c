"""DUIS over HTTP: each service takes documents that are POSTed (DUIS 5.4; DCC Boxed).

Requests and responses are Starlette's, its routes and layers are not: hundreds who ask at once wait
for each other, and those would cost as much for each as all that is done for it.
"""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from emulator.dcc.service_request import Endpoint
from emulator.duis.desk import SERVICES
from emulator.kernel.errors import LabError
from emulator.lab.serving.arrivals import Arrivals
from emulator.lab.serving.front import Front, Reply
from emulator.lab.serving.readers import Read, Readers
from emulator.lab.workbench.visitors import body

BUSY_AFTER: Final = 30.0
"""Seconds that the laboratory may take to answer; a request of DUIS is answered at once."""
_ROOT: Final = "/api/v1/"
_XML: Final = "application/xml"
_NOT_FOUND: Final = Reply(404, reason=f"expected {', '.join(_ROOT + each for each in SERVICES)}")
_NOT_ALLOWED: Final = Reply(405, reason="expected POST")
_UNAVAILABLE: Final = 503


class DuisDoor:
    """The services of DUIS.

    Args:
        front: answers.
        readers: read documents; opened as the server starts.
        largest: octets of a document that is read.
    """

    def __init__(self, front: Front, readers: Readers, largest: int) -> None:
        self._front = front
        self._readers = readers
        self._largest = largest
        self._arrivals: Arrivals[Reply] = Arrivals()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the life of the server (ASGI 3)."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            reply = await self._reply(Request(scope, receive))
            await _response(reply)(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._readers.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _reply(self, request: Request) -> Reply:
        path = str(request.scope["path"])
        endpoint = SERVICES.get(path.removeprefix(_ROOT)) if path.startswith(_ROOT) else None
        if endpoint is None:
            return _NOT_FOUND
        if request.method != "POST":
            return _NOT_ALLOWED
        octets = await body(request, self._largest)
        if octets is None:
            return Reply(413, reason=f"at most {self._largest} octets")
        with self._front.guest():
            read = await self._readers.read(octets)
            return await self._gone_on(read, endpoint)

    async def _gone_on(self, read: Read, endpoint: Endpoint) -> Reply:
        """What the laboratory answers, or that it does not."""
        try:
            reply = self._front.go_on(read, endpoint)
            if isinstance(reply, Reply):
                return reply
            async with asyncio.timeout(BUSY_AFTER):
                return await self._arrivals.awaited(reply)
        except TimeoutError:
            return Reply(_UNAVAILABLE, reason="the laboratory is busy")
        except LabError as fault:
            return Reply(_UNAVAILABLE, reason=str(fault))


def _response(reply: Reply) -> Response:
    if reply.document:
        return Response(reply.document, reply.status, media_type=_XML)
    headers = {"Allow": "POST"} if reply is _NOT_ALLOWED else None
    return PlainTextResponse(f"{reply.reason}\n", reply.status, headers)
