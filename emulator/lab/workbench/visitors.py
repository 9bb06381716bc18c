"""Who comes with a request: their session, and what a form of theirs says."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from emulator.lab.workbench.sessions import COOKIE, TOKEN, Session, Sessions, session_name

LARGEST_FORM: Final = 64 << 10
_MOST_FIELDS: Final = 100
_SEE_OTHER, _FORBIDDEN, _TOO_LARGE = 303, 403, 413

Form = Mapping[str, str]


class Visitors:
    """Sessions as requests and answers carry them."""

    def __init__(self) -> None:
        self.sessions: Final = Sessions()

    def session(self, request: Request) -> Session:
        """The session of a browser, a new one for who comes for the first time."""
        return self.sessions.find(session_name(request.headers)) or self.sessions.begin()

    def page(self, session: Session, text: str, status: int = 200) -> Response:
        """A page for a session, whose forms may hold its token."""
        return _known(HTMLResponse(text, status), session)

    def sent_on(self, session: Session, address: str) -> Response:
        """The answer to a form: another page is to be opened."""
        return _known(RedirectResponse(address, _SEE_OTHER), session)

    async def form(self, request: Request) -> tuple[Session, Form] | Response:
        """A form with the session that it belongs to, or the answer that refuses it."""
        octets = await body(request, LARGEST_FORM)
        if octets is None:
            return PlainTextResponse(f"a form has at most {LARGEST_FORM} octets\n", _TOO_LARGE)
        session = self.sessions.find(session_name(request.headers))
        fields = fields_of(octets)
        if session is None or not session.holds(fields.get(TOKEN, "")):
            told = "refused: this form is of no page that you were given; open the page again\n"
            return PlainTextResponse(told, _FORBIDDEN)
        return session, fields


async def body(request: Request, largest: int) -> bytes | None:
    """What a client sends; None as soon as it is more than is read, nothing when it vanished."""
    octets = bytearray()
    try:
        async for chunk in request.stream():
            octets += chunk
            if len(octets) > largest:
                return None
    except ClientDisconnect:
        return b""
    return bytes(octets)


def fields_of(octets: bytes) -> Form:
    """The fields of a form; of what is none, none."""
    text = octets.decode("utf-8", "replace")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


def _known(response: Response, session: Session) -> Response:
    response.set_cookie(COOKIE, session.name, httponly=True, samesite="strict", path="/")
    return response
