"""The Self-Service Interface for people: the inventory, and how install codes are asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.dcc.incidents.records import Outcome
from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.lab.self_service import orders
from emulator.lab.self_service.counter import BAD_REQUEST, UNAVAILABLE, Counter
from emulator.lab.self_service.lookups import BY, lookup_of
from emulator.lab.self_service.portal import Portal, Refusal
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.sessions import Session
from emulator.lab.workbench.visitors import Visitors

_HOME: Final = "/ssi"
Ordered = Callable[[Request, orders.Fields], orders.Order]


class SsiPages:
    """What people are shown.

    Args:
        counter: brings what they want to the loop.
        pages: to be rendered.
        visitors: whose forms are whose.
    """

    def __init__(self, counter: Counter, pages: Pages, visitors: Visitors) -> None:
        self._counter = counter
        self._pages = pages
        self._visitors = visitors

    @property
    def routes(self) -> Sequence[Route]:
        """What it answers."""

        def number(request: Request) -> int:
            return int(request.path_params["number"])

        one = f"{_HOME}/requests/{{number:int}}"
        return (
            Route(_HOME, self._inventory),
            Route(f"{_HOME}/sign-in", self._sign_in, methods=["POST"]),
            Route(f"{_HOME}/devices/{{eui64}}", self._device),
            Route(f"{_HOME}/requests", self._requests),
            Route(f"{_HOME}/mail", self._mail),
            Route(one, self._request),
            self._order(f"{_HOME}/requests", lambda _, fields: orders.ask(fields)),
            self._order(f"{_HOME}/codes", lambda _, fields: orders.hold(fields)),
            self._order(f"{one}/notes", lambda r, fields: orders.answer(number(r), fields)),
            self._order(f"{one}/assignee", lambda r, fields: orders.reassign(number(r), fields)),
            self._order(f"{one}/outcome", lambda r, fields: orders.close(number(r), fields)),
        )

    async def _sign_in(self, request: Request) -> Response:
        taken = await self._visitors.form(request)
        if isinstance(taken, Response):
            return taken
        session, fields = taken
        party = await self._counter.look(lambda portal: portal.party(fields.get("user", "")))
        session.party = 0 if party is None else int(party)
        return self._visitors.sent_on(session, _HOME)

    async def _inventory(self, request: Request) -> Response:
        fields = dict(request.query_params)
        problems: tuple[str, ...] = ()
        try:
            lookup = lookup_of({fields.get("by", ""): fields.get("value", "")})
        except UsageError as mistake:
            lookup, problems = lookup_of({}), mistake.problems
        values = {"ways": tuple(BY.items()), "by": fields.get("by", ""), "problems": problems}
        values["value"] = fields.get("value", "")
        return await self._page(
            request, "inventory.html.j2", lambda portal, who: portal.devices(who, lookup), values
        )

    async def _device(self, request: Request) -> Response:
        try:
            eui64 = parse_eui64(request.path_params["eui64"])
        except UsageError:
            return PlainTextResponse("there is no such device\n", 404)

        def found(portal: Portal, who: Eui64) -> Any:
            one = portal.device(who, eui64)
            if isinstance(one, Refusal):
                return one
            return {**one, "code": portal.code(who, eui64), "regime": portal.regime.name}

        return await self._page(request, "device.html.j2", found)

    async def _requests(self, request: Request) -> Response:
        return await self._page(
            request,
            "requests.html.j2",
            lambda portal, who: portal.requests(who),
            {"device": request.query_params.get("device", "")[:40]},
        )

    async def _request(self, request: Request) -> Response:
        number = int(request.path_params["number"])
        outcomes = tuple((each.name, each.value) for each in Outcome)
        return await self._page(
            request,
            "request.html.j2",
            lambda portal, who: portal.request(who, number),
            {"outcomes": outcomes},
        )

    async def _mail(self, request: Request) -> Response:
        return await self._page(request, "mail.html.j2", lambda portal, who: portal.mail(who))

    def _order(self, path: str, ordered: Ordered) -> Route:
        async def answer(request: Request) -> Response:
            taken = await self._visitors.form(request)
            if isinstance(taken, Response):
                return taken
            session, fields = taken
            if not session.party:
                return self._visitors.sent_on(session, _HOME)
            try:
                order = ordered(request, fields)
            except UsageError as mistake:
                return self._refused(session, Refusal(BAD_REQUEST, str(mistake)))
            come = await self._counter.carry_out(Eui64(session.party), order)
            if isinstance(come, Refusal):
                return self._refused(session, come)
            return self._visitors.sent_on(session, _after(request.url.path, fields, come))

        return Route(path, answer, methods=["POST"])

    async def _page(
        self,
        request: Request,
        template: str,
        work: Callable[[Portal, Eui64], Any],
        values: Mapping[str, Any] | None = None,
    ) -> Response:
        """A page for who has said who they are; for others, the one on which to say so."""
        session = self._visitors.session(request)
        who = Eui64(session.party)
        try:
            found = await self._counter.look(lambda portal: work(portal, who) if who else None)
        except (LabError, TimeoutError) as fault:
            return self._refused(session, Refusal(UNAVAILABLE, str(fault) or "busy"))
        shown = self._frame(session, request.url.path)
        if not who:
            return self._visitors.page(session, self._pages.piece("sign_in.html.j2", **shown))
        if isinstance(found, Refusal):
            return self._refused(session, found)
        text = self._pages.piece(template, found=found, **shown, **(values or {}))
        return self._visitors.page(session, text)

    def _refused(self, session: Session, refusal: Refusal) -> Response:
        frame = self._frame(session, "")
        text = self._pages.piece("refused.html.j2", refusal=refusal, **frame)
        return self._visitors.page(session, text, refusal.status)

    def _frame(self, session: Session, path: str) -> dict[str, Any]:
        """What every page of the interface shows."""
        return {
            "here": _HOME,
            "path": path,
            "token": session.token,
            "parties": self._counter.parties,
            "who": Eui64(session.party),
            "regime": self._counter.regime,
        }


def _after(path: str, fields: orders.Fields, come: Mapping[str, Any]) -> str:
    """The page that shows what came of an order."""
    if path == f"{_HOME}/requests":
        numbers = [each.get("number") for each in come.get("happened", ()) if each.get("number")]
        device = fields.get("device", "").strip()
        return f"{path}/{numbers[0]}" if numbers else f"{_HOME}/devices/{device}"
    if path == f"{_HOME}/codes":
        return f"{_HOME}/devices/{fields.get('device', '').strip()}"
    return path.rpartition("/")[0]
