"""Events on their way to browsers: server-sent events, each watcher at the pace of its own line.

A watcher that reads slowly is waited for here, in a task of its own; the home hears nothing of it.
One that is gone is found out by its connection, and how many watch at once is bounded.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from emulator.lab.workbench.feed import Event, Feed

MOST_WATCHERS: Final = 100
_PAUSE: Final = 0.2
_HEARTBEAT: Final = 75
"""Pauses without an event after which a comment shows that the line still stands."""
_UNAVAILABLE: Final = 503
_FOR_ONE: Final = ("premises-", "rows-", "dropped-")
"""How the kinds begin that are for watchers of one home only."""


class Streams:
    """Gives feeds to browsers.

    Args:
        most: watchers at once.
    """

    def __init__(self, most: int = MOST_WATCHERS) -> None:
        self._most = most
        self._open = 0
        self._over = False

    def end(self) -> None:
        """End every stream, so that the server can; browsers will look whether it comes again."""
        self._over = True

    def answer(
        self,
        request: Request,
        feed: Feed,
        watched: Callable[[], Callable[[], None]] | None = None,
        renamed: Mapping[str, str] | None = None,
    ) -> Response:
        """A stream of a feed, from where this browser stopped reading it before.

        Args:
            request: of the browser.
            feed: what it watches.
            watched: called when it begins to; gives what is called when it does not any more;
                None where nobody needs to know.
            renamed: kinds that are for this watcher only, by the names it knows them by.
        """
        if self._open >= self._most:
            return PlainTextResponse(f"{self._most} watch already\n", _UNAVAILABLE)
        names = renamed or {}
        cursor = _cursor(feed, request.headers.get("last-event-id", ""))

        async def events() -> AsyncIterator[str]:
            self._open += 1
            ended = None if watched is None else watched()
            try:
                async for part in _parts(feed, cursor, names):
                    if part:
                        yield part
                    if self._over:
                        return
            finally:
                self._open -= 1
                if ended is not None:
                    ended()

        return StreamingResponse(events(), media_type="text/event-stream")


async def _parts(feed: Feed, cursor: int, names: Mapping[str, str]) -> AsyncIterator[str]:
    yield "event: reset\ndata: {}\n\n" if cursor == 0 else ": again\n\n"
    quiet = 0
    while True:
        over = feed.ended
        batch = feed.after(cursor)
        if batch.missed:
            cursor = 0
            yield "event: reset\ndata: {}\n\n"
            continue
        cursor = batch.cursor
        if batch.events:
            yield "".join(_written(each, feed.epoch, names) for each in batch.events)
            quiet = 0
        elif over:
            yield "event: over\ndata: {}\n\n"
            return
        else:
            quiet += 1
            yield ": still here\n\n" if quiet % _HEARTBEAT == 0 else ""
            await asyncio.sleep(_PAUSE)


def _written(event: Event, epoch: str, names: Mapping[str, str]) -> str:
    """An event as it is sent; what is for watchers of something else only moves on the number."""
    if event.kind.startswith(_FOR_ONE) and event.kind not in names:
        return ""
    kind = names.get(event.kind, event.kind)
    return f"id: {epoch}.{event.number}\nevent: {kind}\ndata: {event.data}\n\n"


def _cursor(feed: Feed, last: str) -> int:
    """How far a browser has read; 0 where it was another feed, or none."""
    epoch, _, number = last.partition(".")
    if epoch != feed.epoch or not (number.isascii() and number.isdigit() and len(number) < 19):
        return 0
    return int(number)
