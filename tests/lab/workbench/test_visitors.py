import asyncio
import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

from emulator.lab.workbench.sessions import COOKIE
from emulator.lab.workbench.visitors import LARGEST_FORM, Visitors, body, fields_of
from tests.lab.workbench.asked import asked

SCOPE = {"type": "http", "method": "POST", "path": "/", "headers": []}


@pytest.fixture
def application() -> Starlette:
    visitors = Visitors()

    async def page(request: Request) -> Response:
        session = visitors.session(request)
        return visitors.page(session, session.token)

    async def form(request: Request) -> Response:
        taken = await visitors.form(request)
        return taken if isinstance(taken, Response) else PlainTextResponse(taken[1]["word"])

    return Starlette(routes=[Route("/", page), Route("/form", form, methods=["POST"])])


def opened(application: Starlette) -> tuple[str, str]:
    """A cookie and the token of a page."""
    answer = asked(application, "/")
    found = re.match(f"{COOKIE}=[^;]+", answer.headers["set-cookie"])
    assert found is not None
    return found[0], answer.text


def test_a_form_of_a_page_that_was_given_is_taken(application: Starlette) -> None:
    cookie, token = opened(application)

    answer = asked(
        application,
        "/form",
        method="POST",
        headers={"cookie": cookie},
        content=f"token={token}&word=a+%C3%A4",
    )

    assert (answer.status_code, answer.text) == (200, "a ä")


def test_a_form_without_cookie_or_token_is_refused(application: Starlette) -> None:
    cookie, token = opened(application)
    other, _ = opened(application)
    tries = [("", token), (cookie, ""), (other, token), (cookie, "x" * 32), (COOKIE + "=x", token)]

    statuses = {
        asked(
            application,
            "/form",
            method="POST",
            headers={"cookie": each} if each else {},
            content=f"token={word}&word=a",
        ).status_code
        for each, word in tries
    }

    assert statuses == {403}


def test_no_script_and_no_other_site_is_given_the_cookie(application: Starlette) -> None:
    cookie = asked(application, "/").headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_form_that_is_too_large_is_refused(application: Starlette) -> None:
    answer = asked(application, "/form", method="POST", content="a" * (LARGEST_FORM + 1))

    assert answer.status_code == 413


@pytest.mark.parametrize("octets", [b"", b"\xff\xfe", b"&" * 999, b"a=b&" * 999, b"%"])
def test_what_is_no_form_has_no_fields_of_ours(octets: bytes) -> None:
    assert "token" not in fields_of(octets)


def read_of(*messages: Message) -> bytes | None:
    """What is read, at most ten octets, of what a client sends."""
    coming = iter(messages)

    async def receive() -> Message:
        return next(coming)

    return asyncio.run(body(Request(SCOPE, receive), 10))


def piece(octets: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": octets, "more_body": more}


def test_pieces_are_put_together() -> None:
    assert read_of(piece(b"hel", more=True), piece(b"lo", more=False)) == b"hello"


@pytest.mark.parametrize("length", [10, 11])
def test_no_more_is_read_than_is_taken(length: int) -> None:
    whole = read_of(piece(bytes(length), more=length > 10), piece(b"", more=False))

    assert (whole is None) == (length > 10)


def test_of_a_client_that_vanished_nothing_is_left() -> None:
    assert read_of(piece(b"hel", more=True), {"type": "http.disconnect"}) == b""
