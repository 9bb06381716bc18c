import asyncio
import json

from emulator.kernel.errors import LocalError
from emulator.lab.workbench.home_feed import HomeFeed, kinds_of
from emulator.lab.workbench.pages import Pages
from tests.lab.workbench.homes import OwnLoop, begin, watched_home, watched_homes

PAGES = Pages()


class GoneLoop:
    """A laboratory that has ended."""

    def call(self, _work: object) -> object:
        raise LocalError("the laboratory is closed")


def test_a_feed_is_filled_while_somebody_watches_and_no_longer() -> None:
    watch = watched_home()
    begin(watch.work)
    feed = HomeFeed(OwnLoop(), watch, PAGES)

    async def watched() -> tuple[int, int]:
        one, other = feed.watched(1), feed.watched(1)
        await asyncio.sleep(0.4)
        one()
        seen = feed.feed.after(0).cursor
        other()
        await asyncio.sleep(0.4)
        quiet = feed.feed.after(0).cursor
        watch.work.lab.run("1 s")
        await asyncio.sleep(0.4)
        assert feed.feed.after(0).cursor == quiet
        return seen, quiet

    seen, _ = asyncio.run(watched())
    kinds = {each.kind for each in feed.feed.after(0).events}
    rows = [each for each in feed.feed.after(0).events if each.kind == "rows-1"]

    assert seen
    assert {"rows-1", "premises-1", "clock"} <= kinds
    assert sum(len(json.loads(each.data)["at"]) for each in rows)


def test_the_end_of_the_laboratory_ends_the_asking() -> None:
    feed = HomeFeed(GoneLoop(), watched_home(), PAGES)  # type: ignore[arg-type]  # gives no future

    async def watched() -> None:
        feed.watched(1)
        await asyncio.sleep(0.05)

    asyncio.run(watched())

    assert feed.feed.after(0).events == ()


def test_each_watcher_sees_the_air_of_the_home_that_was_chosen() -> None:
    watch = watched_homes()
    feed = HomeFeed(OwnLoop(), watch, PAGES)
    first, second = watch.homes

    async def watched() -> None:
        ended = feed.watched(2)
        await asyncio.sleep(0.05)
        begin(first, "10 s")
        begin(second, "10 s")
        await asyncio.sleep(0.4)
        ended()

    asyncio.run(watched())
    kinds = {each.kind for each in feed.feed.after(0).events}
    charts = [each.data for each in feed.feed.after(0).events if each.kind == "rows-2"]

    assert "rows-1" not in kinds
    assert {name for each in charts for name in json.loads(each)["names"]} == {"home 2 CHF"}


def test_events_of_one_home_have_plain_names_for_its_watchers() -> None:
    assert kinds_of(7) == {"premises-7": "premises", "rows-7": "rows", "dropped-7": "dropped"}
