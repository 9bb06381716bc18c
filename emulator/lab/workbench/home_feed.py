"""Brings what is new in the home to whoever watches, while somebody does.

One task asks the laboratory's loop, for all watchers together; without watchers it asks nothing.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from emulator.kernel.errors import LabError
from emulator.lab.report.chart_data import pack_chart
from emulator.lab.workbench.feed import Feed
from emulator.lab.workbench.home_watch import HomeWatch, News, Premises, Told
from emulator.lab.workbench.loop import Loop
from emulator.lab.workbench.pages import Pages

_PAUSE: Final = 0.3
"""Seconds from one look to the next."""
_SHORT_PAUSE: Final = 0.05
"""The same while the home has more to tell: it lives in between."""


class HomeFeed:
    """The feed of a home, filled while it has watchers.

    Args:
        line: to the laboratory's loop.
        watch: is asked there.
        pages: make pieces of pages.
    """

    def __init__(self, line: Loop, watch: HomeWatch, pages: Pages) -> None:
        self.feed: Final = Feed()
        self.premises: tuple[Premises, ...] = ()
        self._line = line
        self._watch = watch
        self._pages = pages
        self._watchers = 0
        self._task: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Ask once, so that there is something to show."""
        self._publish(await asyncio.wrap_future(self._line.call(self._watch.news)))

    async def file(self, name: str) -> bytes | None:
        """A file about the home as it is; None where there is none of that name."""
        return await asyncio.wrap_future(self._line.call(lambda: self._watch.file(name)))

    def watched(self) -> Callable[[], None]:
        """Somebody begins to watch; gives what is called when they end."""
        self._watchers += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._ask())

        def ended() -> None:
            self._watchers -= 1

        return ended

    async def _ask(self) -> None:
        with suppress(LabError, asyncio.CancelledError):
            while self._watchers:
                news = await asyncio.wrap_future(self._line.call(self._watch.news))
                self._publish(news)
                await asyncio.sleep(_SHORT_PAUSE if news.more else _PAUSE)

    def _publish(self, news: News) -> None:
        names = [row.name for home in news.premises for row in home.devices]
        if news.rows:
            self.feed.tell("rows", _json(pack_chart(news.rows, names)))
        if news.dropped:
            self.feed.tell("dropped", _json({"frames": news.dropped}))
        for message in news.messages:
            self.feed.tell("message", _html(self._pages.piece("message.html.j2", message=message)))
        for told in news.told:
            self.feed.tell("told", _html(self._told(told)))
        if news.premises != self.premises:
            self._show(news.premises)
        clock = {"moment": f"{news.moment:%Y-%m-%d %H:%M:%S}", "now": news.now}
        self.feed.show("clock", _json(clock))

    def _show(self, premises: tuple[Premises, ...]) -> None:
        self.premises = premises
        for number, home in enumerate(premises, 1):
            self.feed.show(f"premises-{number}", _html(self._pages.premises(home)))

    def _told(self, told: Told) -> str:
        return self._pages.piece("told.html.j2", told=told)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _html(text: str) -> str:
    return _json({"html": text})
