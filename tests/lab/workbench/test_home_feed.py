import asyncio
import json

from emulator.kernel.errors import LocalError
from emulator.lab.workbench.home_feed import HomeFeed
from emulator.lab.workbench.pages import Pages
from tests.lab.workbench.homes import OwnLoop, begin, watched_home

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
        one, other = feed.watched(), feed.watched()
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
    rows = [each for each in feed.feed.after(0).events if each.kind == "rows"]

    assert seen
    assert {"rows", "premises-1", "clock"} <= kinds
    assert sum(len(json.loads(each.data)["at"]) for each in rows)


def test_the_end_of_the_laboratory_ends_the_asking() -> None:
    feed = HomeFeed(GoneLoop(), watched_home(), PAGES)  # type: ignore[arg-type]  # gives no future

    async def watched() -> None:
        feed.watched()
        await asyncio.sleep(0.05)

    asyncio.run(watched())

    assert feed.feed.after(0).events == ()
