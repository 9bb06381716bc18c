"""The workbench as one ASGI application behind its guard."""

from collections.abc import Iterable, Sequence
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from emulator.lab.workbench.guard import Guard
from emulator.lab.workbench.home_feed import HomeFeed
from emulator.lab.workbench.home_pages import HomePages
from emulator.lab.workbench.home_watch import HomeWatch
from emulator.lab.workbench.loop import Loop
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.streams import Streams

_NOT_FOUND: Final = 404


def workbench(line: Loop, watch: HomeWatch, hosts: Iterable[str]) -> Guard:
    """The workbench over a home.

    Args:
        line: to the loop that the home lives in.
        watch: looks at the home.
        hosts: by which names this server may be called.
    """
    pages, streams = Pages(), Streams()
    home = HomePages(HomeFeed(line, watch, pages), pages, streams)
    return Guard(Starlette(routes=(*home.routes, *_assets(pages))), frozenset(hosts))


def _assets(pages: Pages) -> Sequence[BaseRoute]:
    async def answer(request: Request) -> Response:
        found = pages.asset(request.path_params["name"])
        if found is None:
            return PlainTextResponse("there is no such file\n", _NOT_FOUND)
        text, media = found
        return Response(text, media_type=media)

    return (Route("/assets/{name}", answer),)
