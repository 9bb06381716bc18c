"""Results of the laboratory's loop on their way to clients, all that are there in one go.

Each wake-up of the other thread costs a system call and a change of threads; a loop that answers
hundreds at once would spend as much on waking as on answering.
"""

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Result = TypeVar("Result")


class Arrivals(Generic[Result]):
    """Hands results to those who wait for them in one asyncio loop."""

    def __init__(self) -> None:
        self._there: deque[tuple[asyncio.Future[Result], Future[Result]]] = deque()
        self._told = False

    def awaited(self, future: "Future[Result]") -> "asyncio.Future[Result]":
        """What comes of `future`, to be awaited; called off with it."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Result] = loop.create_future()
        waiting.add_done_callback(partial(_call_off, future))
        future.add_done_callback(partial(self._came, loop, waiting))
        return waiting

    def _came(
        self,
        loop: asyncio.AbstractEventLoop,
        waiting: "asyncio.Future[Result]",
        future: "Future[Result]",
    ) -> None:
        """A result is there; in any thread."""
        self._there.append((waiting, future))
        if not self._told:
            self._told = True
            loop.call_soon_threadsafe(self._hand_out)

    def _hand_out(self) -> None:
        """Give everybody what is theirs; what comes meanwhile is told anew."""
        self._told = False
        while self._there:
            waiting, future = self._there.popleft()
            if not waiting.done():
                _settle(waiting, future)


def _settle(waiting: "asyncio.Future[Result]", future: "Future[Result]") -> None:
    if future.cancelled():
        waiting.cancel()
        return
    fault = future.exception()
    if fault is None:
        waiting.set_result(future.result())
    else:
        waiting.set_exception(fault)


def _call_off(future: "Future[Result]", waiting: "asyncio.Future[Result]") -> None:
    if waiting.cancelled():
        future.cancel()
