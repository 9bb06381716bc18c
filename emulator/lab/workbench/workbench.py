"""The workbench as one ASGI application behind its guard."""

from collections.abc import Iterable, Sequence
from pathlib import Path
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
from emulator.lab.workbench.run_pages import RunPages
from emulator.lab.workbench.run_shelf import RunShelf
from emulator.lab.workbench.streams import Streams
from emulator.lab.workbench.visitors import Visitors

_NOT_FOUND: Final = 404


class Workbench:
    """Pages over a home and over runs.

    Args:
        line: to the loop that the home lives in.
        watch: looks at the home.
        folder: in which runs get folders of their own.
        templates: packages whose pages are served beside its own.
    """

    def __init__(
        self, line: Loop, watch: HomeWatch, folder: Path, templates: Sequence[str] = ()
    ) -> None:
        self.pages: Final = Pages(*templates)
        self.visitors: Final = Visitors()
        self._shelf = RunShelf(folder, self.pages)
        self._streams = Streams()
        home = HomePages(HomeFeed(line, watch, self.pages), self.pages, self._streams)
        runs = RunPages(self._shelf, self.pages, self._streams, self.visitors)
        self._routes = (*home.routes, *runs.routes, *_assets(self.pages))

    def application(self, hosts: Iterable[str], further: Iterable[BaseRoute] = ()) -> Guard:
        """All of it behind a guard.

        Args:
            hosts: by which names this server may be called.
            further: routes of other pages.
        """
        return Guard(Starlette(routes=(*self._routes, *further)), frozenset(hosts))

    def end_streams(self) -> None:
        """End what browsers watch, before the server ends."""
        self._streams.end()

    def close(self) -> None:
        """End every run."""
        self._shelf.close()


def _assets(pages: Pages) -> Sequence[BaseRoute]:
    async def answer(request: Request) -> Response:
        found = pages.asset(request.path_params["name"])
        if found is None:
            return PlainTextResponse("there is no such file\n", _NOT_FOUND)
        text, media = found
        return Response(text, media_type=media)

    return (Route("/assets/{name}", answer),)
