import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from emulator.lab.workbench.feed import Feed
from emulator.lab.workbench.streams import Streams


@dataclass
class Watchers:
    """Counts who begins and who ends."""

    began: int = 0
    ended: list[int] = field(default_factory=list)

    def __call__(self) -> Callable[[], None]:
        self.began += 1
        return lambda: self.ended.append(self.began)


def request(last: str = "") -> Request:
    headers = [(b"last-event-id", last.encode())] if last else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def read(answer: Response, parts: int = 10) -> str:
    """So many parts of a stream, or all where it ends before; then the browser is gone."""

    async def taken() -> str:
        assert isinstance(answer, StreamingResponse)
        found: list[str] = []
        async for part in answer.body_iterator:
            found.append(str(part))
            if len(found) == parts:
                break
        await answer.body_iterator.aclose()  # type: ignore[attr-defined]  # it is a generator
        return "".join(found)

    return asyncio.run(taken())


@pytest.fixture
def feed() -> Feed:
    made = Feed()
    made.tell("rows", "[1]")
    made.show("premises-1", '{"a":1}')
    made.show("premises-2", '{"a":2}')
    return made


def test_a_browser_reads_what_there_was_and_what_is_for_it(feed: Feed) -> None:
    text = read(Streams().answer(request(), feed, Watchers(), {"premises-2": "premises"}), 2)

    assert text == (
        "event: reset\ndata: {}\n\n"
        f"id: {feed.epoch}.1\nevent: rows\ndata: [1]\n\n"
        f'id: {feed.epoch}.3\nevent: premises\ndata: {{"a":2}}\n\n'
    )


def test_one_that_comes_again_goes_on_where_it_was(feed: Feed) -> None:
    feed.tell("rows", "[2]")
    feed.end()

    text = read(Streams().answer(request(f"{feed.epoch}.3"), feed, Watchers()))

    assert "reset" not in text
    assert text.count("event: rows") == 1
    assert text.endswith("event: over\ndata: {}\n\n")


@pytest.mark.parametrize("last", ["other.3", "x", "{epoch}.", "{epoch}.x", "{epoch}." + "9" * 40])
def test_one_that_knows_another_feed_begins_anew(feed: Feed, last: str) -> None:
    text = read(Streams().answer(request(last.format(epoch=feed.epoch)), feed, Watchers()), 2)

    assert text.startswith("event: reset")


def test_one_that_is_too_slow_is_told_to_begin_anew() -> None:
    feed = Feed(kept=10)
    for number in range(10):
        feed.tell("rows", f"{number:05}")
    feed.end()

    text = read(Streams().answer(request(f"{feed.epoch}.2"), feed, Watchers()))

    assert text.startswith(": again\n\nevent: reset")
    assert text.count("event: rows") == 2


def test_no_more_watch_at_once_than_there_is_room_for(feed: Feed) -> None:
    streams, watchers = Streams(most=1), Watchers()

    async def both() -> tuple[int, int]:
        first = streams.answer(request(), feed, watchers)
        assert isinstance(first, StreamingResponse)
        parts = first.body_iterator
        await anext(aiter(parts))
        refused = streams.answer(request(), feed, watchers).status_code
        await parts.aclose()  # type: ignore[attr-defined]  # it is a generator
        return refused, streams.answer(request(), feed, watchers).status_code

    assert asyncio.run(both()) == (503, 200)
    assert watchers.ended == [1]
