"""The pages of premises that live."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from emulator.lab.report.chart_data import LAYERS
from emulator.lab.report.page_parts import embedded_json
from emulator.lab.workbench.home_feed import HomeFeed, kinds_of
from emulator.lab.workbench.home_watch import FILES, FIRST
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.streams import Streams

_NOT_FOUND: Final = 404


class HomePages:
    """The premises, live.

    Args:
        home: their feed.
        pages: to be rendered.
        streams: how events reach browsers.
    """

    def __init__(self, home: HomeFeed, pages: Pages, streams: Streams) -> None:
        self._home = home
        self._pages = pages
        self._streams = streams

    @property
    def routes(self) -> Sequence[Route]:
        """What it answers."""
        return (
            Route("/", self._page),
            Route("/premises/{number:int}", self._page),
            Route("/premises/{number:int}/feed", self._feed),
            Route("/kept/{name}", self._file),
            Route("/premises/{number:int}/kept/{name}", self._file),
        )

    async def _page(self, request: Request) -> Response:
        number = _number(request)
        if not self._home.premises:
            await self._home.look()
        homes = self._home.premises
        if not 1 <= number <= len(homes):
            return PlainTextResponse("there are no such premises\n", _NOT_FOUND)
        home = homes[number - 1]
        clock = json.loads(self._home.feed.shown("clock") or '{"moment": ""}')
        names = [row.name for row in home.devices if row.type != "GPF"]
        text = self._pages.piece(
            "home.html.j2",
            here="/",
            home=home,
            homes=homes,
            number=number,
            moment=clock["moment"],
            premises=self._pages.premises(home),
            chart=embedded_json({"layers": LAYERS, "names": names}),
            files=FILES,
        )
        return HTMLResponse(text)

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        octets = await self._home.file(name, _number(request))
        if octets is None:
            return PlainTextResponse("there is no such file\n", _NOT_FOUND)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(octets, headers=headers, media_type="application/octet-stream")

    async def _feed(self, request: Request) -> Response:
        number = _number(request)
        if not self._home.premises:
            await self._home.look()
        if not 1 <= number <= len(self._home.premises):
            return PlainTextResponse("there are no such premises\n", _NOT_FOUND)
        begin = partial(self._home.watched, number)
        return self._streams.answer(request, self._home.feed, begin, kinds_of(number))


def _number(request: Request) -> int:
    """The home that an address is about; without a number the first."""
    return int(request.path_params.get("number", FIRST))
