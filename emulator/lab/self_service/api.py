"""The Self-Service Interface for programs: JSON over HTTP.

A program says who it is once and gets a token, which it shows as `Authorization: Bearer`; cookies
are not looked at, so that no page can make a browser act here.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.kernel.json_text import parse_json
from emulator.lab.self_service import orders
from emulator.lab.self_service.counter import BAD_REQUEST, UNAVAILABLE, Counter
from emulator.lab.self_service.lookups import lookup_of
from emulator.lab.self_service.portal import Portal, Refusal
from emulator.lab.workbench.sessions import Session, Sessions
from emulator.lab.workbench.visitors import LARGEST_FORM, body

ROOT: Final = "/api/ssi"
_UNAUTHORISED, _CREATED, _UNSUPPORTED, _TOO_LARGE = 401, 201, 415, 413
_BEARER: Final = "Bearer "

Parsed = Callable[[Request, orders.Fields], orders.Order]


class SsiApi:
    """What programs are answered.

    Args:
        counter: brings it to the loop.
        sessions: who is who.
    """

    def __init__(self, counter: Counter, sessions: Sessions) -> None:
        self._counter = counter
        self._sessions = sessions

    @property
    def routes(self) -> Sequence[Route]:
        """What it answers."""

        def number(request: Request) -> int:
            return int(request.path_params["number"])

        one = f"{ROOT}/requests/{{number:int}}"
        return (
            Route(f"{ROOT}/sessions", self._sign_in, methods=["POST"]),
            Route(f"{ROOT}/devices", self._devices),
            Route(f"{ROOT}/devices/{{eui64}}", self._device),
            Route(f"{ROOT}/mail", self._mail),
            Route(f"{ROOT}/requests", self._requests),
            Route(one, self._request),
            self._order(f"{ROOT}/requests", lambda _, fields: orders.ask(fields)),
            self._order(f"{ROOT}/codes", lambda _, fields: orders.hold(fields)),
            self._order(f"{one}/notes", lambda r, fields: orders.answer(number(r), fields)),
            self._order(f"{one}/assignee", lambda r, fields: orders.reassign(number(r), fields)),
            self._order(f"{one}/outcome", lambda r, fields: orders.close(number(r), fields)),
        )

    async def _sign_in(self, request: Request) -> Response:
        fields = await _fields(request)
        if isinstance(fields, Response):
            return fields
        named = fields.get("user", "")
        party = await self._counter.look(lambda portal: portal.party(named))
        if party is None:
            return _refused(Refusal(BAD_REQUEST, f"nobody is called {named[:40]!r}"))
        session = self._sessions.begin()
        session.party = party
        return JSONResponse({"token": session.name}, _CREATED)

    async def _devices(self, request: Request) -> Response:
        try:
            lookup = lookup_of(dict(request.query_params))
        except UsageError as mistake:
            return _refused(Refusal(BAD_REQUEST, str(mistake)))
        return await self._answer(request, lambda portal, who: portal.devices(who, lookup))

    async def _device(self, request: Request) -> Response:
        try:
            eui64 = parse_eui64(request.path_params["eui64"])
        except UsageError as mistake:
            return _refused(Refusal(BAD_REQUEST, str(mistake)))
        return await self._answer(request, lambda portal, who: portal.device(who, eui64))

    async def _mail(self, request: Request) -> Response:
        return await self._answer(request, lambda portal, who: portal.mail(who))

    async def _requests(self, request: Request) -> Response:
        return await self._answer(request, lambda portal, who: portal.requests(who))

    async def _request(self, request: Request) -> Response:
        number = int(request.path_params["number"])
        return await self._answer(request, lambda portal, who: portal.request(who, number))

    def _order(self, path: str, parsed: Parsed) -> Route:
        async def answer(request: Request) -> Response:
            session = self._session(request)
            if session is None:
                return _nobody()
            fields = await _fields(request)
            if isinstance(fields, Response):
                return fields
            try:
                order = parsed(request, fields)
            except UsageError as mistake:
                return _refused(Refusal(BAD_REQUEST, str(mistake)))
            return _answered(await self._counter.carry_out(Eui64(session.party), order), _CREATED)

        return Route(path, answer, methods=["POST"])

    async def _answer(self, request: Request, work: Callable[[Portal, Eui64], Any]) -> Response:
        session = self._session(request)
        if session is None:
            return _nobody()
        who = Eui64(session.party)
        try:
            return _answered(await self._counter.look(lambda portal: work(portal, who)))
        except (LabError, TimeoutError) as fault:
            return _refused(Refusal(UNAVAILABLE, str(fault) or "the laboratory is busy"))

    def _session(self, request: Request) -> Session | None:
        shown = request.headers.get("authorization", "")
        if not shown.startswith(_BEARER):
            return None
        session = self._sessions.find(shown.removeprefix(_BEARER).strip())
        return session if session is not None and session.party else None


async def _fields(request: Request) -> orders.Fields | Response:
    """The texts of a JSON object; only what says that it is JSON is read, which no form can."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return _refused(Refusal(_UNSUPPORTED, "expected content-type application/json"))
    octets = await body(request, LARGEST_FORM)
    if octets is None:
        return _refused(Refusal(_TOO_LARGE, f"expected at most {LARGEST_FORM} octets"))
    try:
        found = parse_json(octets)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        return _refused(Refusal(BAD_REQUEST, "expected a JSON object of texts"))
    return {str(name): value for name, value in found.items()}


def _answered(found: Any, status: int = 200) -> Response:
    return _refused(found) if isinstance(found, Refusal) else JSONResponse(found, status)


def _refused(refusal: Refusal) -> Response:
    told = {"refused": refusal.reason, "clause": refusal.clause}
    return JSONResponse(told, refusal.status)


def _nobody() -> Response:
    told = {"refused": f"say who you are: POST {ROOT}/sessions", "clause": ""}
    return JSONResponse(told, _UNAUTHORISED, {"www-authenticate": "Bearer"})
