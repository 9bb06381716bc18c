"""Runs in a browser: choose one, watch it, stop it, and take its files away."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import names
from emulator.lab.kept.output_directory import REPORT_HTML
from emulator.lab.report.chart_data import LAYERS
from emulator.lab.report.page_parts import embedded_json
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.run_orders import (
    KINDS,
    REACHES,
    campaign_order,
    scenario_order,
    scenarios,
    shipments,
)
from emulator.lab.workbench.run_shelf import Run, RunShelf
from emulator.lab.workbench.sessions import Session
from emulator.lab.workbench.streams import Streams
from emulator.lab.workbench.visitors import Form, Visitors

_BAD_REQUEST, _NOT_FOUND, _UNAVAILABLE = 400, 404, 503
_USUAL: Final = "commissioning/dual_fuel"
_REPORT_POLICY: Final = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)
"""A report brings its scripts inside it: it may run them, as a page of nobody's site."""


class RunPages:
    """The pages of runs.

    Args:
        shelf: starts and remembers them.
        pages: to be rendered.
        streams: how events reach browsers.
        visitors: whose forms are whose.
    """

    def __init__(self, shelf: RunShelf, pages: Pages, streams: Streams, visitors: Visitors) -> None:
        self._shelf = shelf
        self._pages = pages
        self._streams = streams
        self._visitors = visitors

    @property
    def routes(self) -> Sequence[Route]:
        """What it answers."""
        return (
            Route("/runs", self._list),
            Route("/runs/scenario", self._start, methods=["POST"]),
            Route("/runs/campaign", self._start, methods=["POST"]),
            Route("/runs/{number:int}", self._page),
            Route("/runs/{number:int}/feed", self._feed),
            Route("/runs/{number:int}/stop", self._stop, methods=["POST"]),
            Route("/runs/{number:int}/report", self._report),
            Route("/runs/{number:int}/files/{name}", self._file),
        )

    async def _list(self, request: Request) -> Response:
        return self._listed(self._visitors.session(request), {}, (), 200)

    def _listed(
        self, session: Session, form: Mapping[str, str], problems: Sequence[str], status: int
    ) -> Response:
        folders = groupby(scenarios(), lambda each: each.name.rpartition("/")[0])
        text = self._pages.piece(
            "runs.html.j2",
            here="/runs",
            token=session.token,
            problems=problems,
            scenarios=[(folder, tuple(found)) for folder, found in folders],
            chosen=form.get("scenario", _USUAL),
            shipments=shipments(),
            kinds=KINDS,
            defects=names("hanlab.defects"),
            reaches=tuple(REACHES.items()),
            runs=self._shelf.runs,
        )
        return self._visitors.page(session, text, status)

    async def _start(self, request: Request) -> Response:
        taken = await self._visitors.form(request)
        if isinstance(taken, Response):
            return taken
        session, form = taken
        try:
            run = self._started(request.url.path, form)
        except UsageError as refusal:
            return self._listed(session, form, refusal.problems, _BAD_REQUEST)
        except EnvironmentFault as fault:
            return self._listed(session, form, (str(fault),), _UNAVAILABLE)
        return self._visitors.sent_on(session, f"/runs/{run.number}")

    def _started(self, path: str, form: Form) -> Run:
        if path.endswith("/scenario"):
            return self._shelf.scenario(scenario_order(form))
        return self._shelf.campaign(campaign_order(form))

    async def _page(self, request: Request) -> Response:
        run = self._run(request)
        if run is None:
            return _nothing()
        session = self._visitors.session(request)
        text = self._pages.piece(
            "run.html.j2",
            here="/runs",
            run=run,
            token=session.token,
            files=run.files,
            chart=embedded_json({"layers": LAYERS, "names": ()}),
        )
        return self._visitors.page(session, text)

    async def _feed(self, request: Request) -> Response:
        run = self._run(request)
        return _nothing() if run is None else self._streams.answer(request, run.feed)

    async def _stop(self, request: Request) -> Response:
        taken = await self._visitors.form(request)
        if isinstance(taken, Response):
            return taken
        run = self._run(request)
        if run is None:
            return _nothing()
        self._shelf.stop(run)
        return self._visitors.sent_on(taken[0], f"/runs/{run.number}")

    async def _report(self, request: Request) -> Response:
        run = self._run(request)
        path = None if run is None else run.file(REPORT_HTML)
        if path is None:
            return _nothing()
        headers = {"content-security-policy": _REPORT_POLICY}
        return FileResponse(path, media_type="text/html", headers=headers)

    async def _file(self, request: Request) -> Response:
        run = self._run(request)
        path = None if run is None else run.file(request.path_params["name"])
        if path is None:
            return _nothing()
        return FileResponse(path, filename=path.name, media_type="application/octet-stream")

    def _run(self, request: Request) -> Run | None:
        return self._shelf.find(int(request.path_params["number"]))


def _nothing() -> Response:
    return PlainTextResponse("there is no such run, or it has no such file\n", _NOT_FOUND)
