"""A client of HTTP that costs next to nothing, so that a burst measures who is asked.

It knows what our servers answer with: a status, headers, and a body whose length is told
(RFC 9112 6.2).
"""

import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PIECE: Final = 1 << 16


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


class HttpVisitor:
    """One open connection that asks one thing at a time.

    Raises:
        OSError: when nobody listens there.
    """

    def __init__(self, host: str, port: int) -> None:
        self._line = socket.create_connection((host, port))
        self._came = bytearray()
        self._began = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def fileno(self) -> int:
        """What is waited for."""
        return self._line.fileno()

    def ask(self, request: bytes) -> None:
        """Send a request now."""
        self._came.clear()
        self._began = time.perf_counter()
        self._line.sendall(request)

    def take(self) -> tuple[float, HttpAnswer] | None:
        """Seconds from the first octet to the whole answer, and it; None while some is missing.

        Raises:
            ConnectionError: when the connection ends before.
        """
        piece = self._line.recv(_PIECE)
        if not piece:
            raise ConnectionError("closed by the other side")
        self._came += piece
        answer = _answer(bytes(self._came))
        return None if answer is None else (time.perf_counter() - self._began, answer)


def ask_at_once(
    visitors: Sequence[HttpVisitor], requests: Sequence[bytes], patience: float
) -> list[tuple[float, HttpAnswer]]:
    """Everybody asks, then everybody waits; for each the seconds and the answer.

    Raises:
        TimeoutError: when nothing comes for so many seconds.
        ConnectionError: when a connection ends before its answer.
    """
    for visitor, request in zip(visitors, requests, strict=True):
        visitor.ask(request)
    taken: dict[int, tuple[float, HttpAnswer]] = {}
    with selectors.DefaultSelector() as waiting:
        for number, visitor in enumerate(visitors):
            waiting.register(visitor, selectors.EVENT_READ, number)
        while len(taken) < len(visitors):
            ready = waiting.select(patience)
            if not ready:
                raise TimeoutError(f"{len(taken)} of {len(visitors)} answers in time")
            for key, _ in ready:
                answer = visitors[key.data].take()
                if answer is not None:
                    taken[key.data] = answer
                    waiting.unregister(key.fileobj)
    return [taken[number] for number in range(len(visitors))]


def _answer(came: bytes) -> HttpAnswer | None:
    """The answer in what came, None while some of it is missing."""
    end = came.find(_END_OF_HEAD)
    if end < 0:
        return None
    told = _LENGTH.search(came, 0, end)
    body = came[end + len(_END_OF_HEAD) :]
    if len(body) < (0 if told is None else int(told[1])):
        return None
    return HttpAnswer(int(came[9:12]), body)
