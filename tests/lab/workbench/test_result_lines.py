import json
from pathlib import Path

from emulator.lab.workbench.feed import Feed
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.result_lines import FILE, ResultLines

PAGES = Pages()


def line(case: str, verdict: str, **more: str) -> str:
    return json.dumps({"device": "d", "case": case, "repeat": 0, "verdict": verdict, **more}) + "\n"


def test_each_case_is_told_once_when_its_line_is_whole(tmp_path: Path) -> None:
    feed = Feed()
    lines = ResultLines(tmp_path, feed, PAGES)
    lines.look()
    whole, torn = line("one", "pass"), line("<two>", "fail", reason="<b>")
    (tmp_path / FILE).write_text(whole + torn[:10])
    lines.look()
    first = feed.after(0)
    (tmp_path / FILE).write_text(whole + torn)
    lines.look()
    lines.look()
    second = feed.after(first.cursor)

    assert [each.kind for each in first.events] == ["case", "progress"]
    assert [each.kind for each in second.events] == ["case", "progress"]
    shown = json.loads(second.events[0].data)["html"]
    assert "&lt;two&gt;" in shown
    assert "<b>&lt;" in shown
    assert "1 fail" in json.loads(second.events[1].data)["html"]
