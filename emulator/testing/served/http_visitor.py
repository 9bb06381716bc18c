"""A client of HTTP that costs next to nothing, so that a burst measures who is asked.

It knows what our servers answer with: a status, headers, and a body whose length is told
(RFC 9112 6.2).
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Self

_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back.

    Args:
        status: of HTTP.
        body: without headers.
    """

    status: int
    body: bytes


def http_post(path: str, octets: bytes) -> bytes:
    """A whole request."""
    head = (
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/xml",
        f"Content-Length: {len(octets)}",
    )
    return "\r\n".join(head).encode() + _END_OF_HEAD + octets


class HttpVisitor(asyncio.Protocol):
    """One connection that asks one thing at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.WriteTransport | None = None
        self._came = bytearray()
        self._began = 0.0
        self._waiting: asyncio.Future[tuple[float, HttpAnswer]] | None = None

    @classmethod
    async def come(cls, host: str, port: int) -> Self:
        """A visitor with an open connection.

        Raises:
            OSError: when nobody listens there.
        """
        _, visitor = await asyncio.get_running_loop().create_connection(cls, host, port)
        return visitor

    def ask(self, request: bytes) -> "asyncio.Future[tuple[float, HttpAnswer]]":
        """Send a request now; the seconds until its whole answer was there, and the answer.

        The future raises ConnectionError when the connection ends before.
        """
        self._waiting = asyncio.get_running_loop().create_future()
        self._came.clear()
        self._began = time.perf_counter()
        if self._transport is None or self._transport.is_closing():
            self.connection_lost(None)
        else:
            self._transport.write(request)
        return self._waiting

    def leave(self) -> None:
        """Close the connection, whatever is under way."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is open."""
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A part of the answer came."""
        self._came += data
        answer = _answer(bytes(self._came))
        if answer is not None and self._waiting is not None and not self._waiting.done():
            self._waiting.set_result((time.perf_counter() - self._began, answer))

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection ended; nobody waits for an answer any more."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError(str(exc or "closed by the other side")))


def _answer(came: bytes) -> HttpAnswer | None:
    """The answer in what came, None while some of it is missing."""
    head, found, body = came.partition(_END_OF_HEAD)
    if not found:
        return None
    first, *fields = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(":") for each in fields)}
    if len(body) < int(headers.get("content-length", "0")):
        return None
    return HttpAnswer(int(first.split()[1]), body)
