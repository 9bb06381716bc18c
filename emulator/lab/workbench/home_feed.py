"""Brings what is new in the homes to whoever watches, while somebody does.

One task asks the laboratory's loop, for all watchers together; without watchers it asks nothing.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
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
        self._watchers: Counter[int] = Counter()
        self._task: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Ask once, so that there is something to show."""
        self._publish(await asyncio.wrap_future(self._line.call(self._watch.news)))

    async def file(self, name: str, number: int) -> bytes | None:
        """A file about a home as it is; None where there is none of that name."""
        return await asyncio.wrap_future(self._line.call(lambda: self._watch.file(name, number)))

    def watched(self, number: int) -> Callable[[], None]:
        """Somebody begins to watch a home, by its number; gives what is called when they end."""
        self._watchers[number] += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._ask())

        def ended() -> None:
            self._watchers[number] -= 1
            self._watchers += Counter()  # forgets those of which nobody is left

        return ended

    async def _ask(self) -> None:
        with suppress(LabError, asyncio.CancelledError):
            while self._watchers:
                watched = frozenset(self._watchers)
                asked = self._line.call(partial(self._watch.news, watched))
                news = await asyncio.wrap_future(asked)
                self._publish(news)
                await asyncio.sleep(_SHORT_PAUSE if news.more else _PAUSE)

    def _publish(self, news: News) -> None:
        for number, chart in news.charts.items():
            if chart.rows:
                (home,) = news.premises[number - 1 : number] or (Premises("", ()),)
                names = [row.name for row in home.devices]
                self.feed.tell(f"rows-{number}", _json(pack_chart(chart.rows, names)))
            if chart.dropped:
                self.feed.tell(f"dropped-{number}", _json({"frames": chart.dropped}))
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


def kinds_of(number: int) -> dict[str, str]:
    """The kinds of events that are for watchers of one home, and what these call them."""
    return {f"{kind}-{number}": kind for kind in ("premises", "rows", "dropped")}


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _html(text: str) -> str:
    return _json({"html": text})
