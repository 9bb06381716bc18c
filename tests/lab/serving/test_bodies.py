import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from emulator.lab.serving.bodies import body_of

SCOPE = {"type": "http", "method": "POST", "path": "/", "headers": []}


def read(*messages: Message) -> bytes | None:
    """What is read, at most ten octets, of what a client sends."""
    coming = iter(messages)

    async def receive() -> Message:
        return next(coming)

    return asyncio.run(body_of(Request(SCOPE, receive), 10))


def piece(octets: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": octets, "more_body": more}


def test_pieces_are_put_together() -> None:
    assert read(piece(b"hel", more=True), piece(b"lo", more=False)) == b"hello"


@pytest.mark.parametrize("length", [10, 11])
def test_no_more_is_read_than_is_taken(length: int) -> None:
    whole = read(piece(bytes(length), more=length > 10), piece(b"", more=False))

    assert (whole is None) == (length > 10)


def test_of_a_client_that_vanished_nothing_is_left() -> None:
    assert read(piece(b"hel", more=True), {"type": "http.disconnect"}) == b""
