from pathlib import Path

from emulator.testing.judges.browser import browser, complaints, evaluate, open_page


def test_browser_shows_a_page_and_hands_over_its_complaints_once(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><title>Hello</title><script>console.error('ouch')</script>")

    with browser() as opened:
        open_page(opened, page)
        title = evaluate(opened, "return document.title + arguments[0]", "!")
        said, then = complaints(opened), complaints(opened)

    assert title == "Hello!"
    assert ["ouch" in line for line in said] == [True]
    assert then == []
