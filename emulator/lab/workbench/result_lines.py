"""The results of a campaign as they are written, a line each: followed from its file."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from emulator.lab.workbench.feed import Feed
from emulator.lab.workbench.pages import Pages

FILE: Final = "results.jsonl"
_SHOWN: Final = ("device", "case", "clause", "verdict", "title", "field", "reason", "hexdump")


class ResultLines:
    """Tells a feed of each case that came to an end.

    Args:
        folder: of the results.
        feed: that is told.
        pages: make pieces of pages.
    """

    def __init__(self, folder: Path, feed: Feed, pages: Pages) -> None:
        self._path = folder / FILE
        self._feed = feed
        self._pages = pages
        self._read = 0
        self._counts = Counter[str]()

    def look(self) -> None:
        """Tell what was written since this was last asked; a line without its end waits."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._read)
            whole, _, _ = file.read().rpartition(b"\n")
        if not whole:
            return
        self._read += len(whole) + 1
        for line in whole.split(b"\n"):
            self._case(json.loads(line))
        counted = sorted(self._counts.items())
        text = self._pages.piece("counted.html.j2", counts=counted, all=self._counts.total())
        self._feed.show("progress", json.dumps({"html": text}))

    def _case(self, result: dict[str, Any]) -> None:
        shown = {name: str(result.get(name, "")) for name in _SHOWN}
        self._counts[shown["verdict"]] += 1
        text = self._pages.piece("case.html.j2", case=shown)
        self._feed.tell("case", json.dumps({"html": text}))
