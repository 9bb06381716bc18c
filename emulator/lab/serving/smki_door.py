"""The certificate repository over HTTP: an ASGI application (SMKI; DCC Boxed)."""

from collections.abc import Callable
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.duis.key_archive import ARCHIVE_PATH
from emulator.duis.smki import SmkiReply, SmkiRepository
from emulator.lab.workbench.visitors import body

_XML: Final = "application/xml"
_TOO_LARGE: Final = 413


def smki_application(repository: SmkiRepository, archive: bytes, largest: int) -> Starlette:
    """The services of the certificate repository.

    Args:
        repository: answers.
        archive: the keys of organisations, which clients download.
        largest: octets of a document that is read.
    """

    async def download(_request: Request) -> Response:
        return Response(archive, media_type="application/zip")

    def route(path: str, take: Callable[[bytes], SmkiReply]) -> Route:
        async def answer(request: Request) -> Response:
            octets = await body(request, largest)
            if octets is None:
                return PlainTextResponse(f"at most {largest} octets\n", _TOO_LARGE)
            reply = take(octets)
            return Response(reply.octets, reply.status, media_type=_XML)

        return Route(path, answer, methods=["POST"])

    return Starlette(
        routes=[
            route("/services/certificatesearch", repository.search),
            route("/services/retrievecertificate", repository.retrieve),
            Route(ARCHIVE_PATH, download),
        ]
    )
