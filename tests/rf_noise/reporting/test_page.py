import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

from emulator.rf_noise.findings import examine
from emulator.rf_noise.reporting.page import render_page
from tests.rf_noise.checks import check_of
from tests.rf_noise.reporting.test_document import failed
from tests.rf_noise.traces.spectra import flat


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


@cache
def page_of_failure() -> str:
    return render_page(failed())


def test_page_fetches_nothing_and_runs_nothing() -> None:
    page = page_of_failure()

    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", page)
    assert "default-src 'none'" in page


def test_every_picture_has_a_text_for_people_who_do_not_see_it() -> None:
    parser = _Images()
    parser.feed(page_of_failure())

    assert len(parser.found) == 5
    assert all(len(image["alt"] or "") > 40 for image in parser.found)


def test_page_says_verdict_reason_and_that_limits_are_made_up() -> None:
    page = page_of_failure()

    assert 'verdict-fail" id="verdict">Fail<' in page
    assert "868 MHz: 10.0 dB above the mask" in page
    assert "EXAMPLE: the limits are made up" in page


def test_page_without_anything_measured_whole_is_a_page() -> None:
    page = render_page(examine(check_of(flat(2404.9e6, 2405.1e6, -100))))

    assert "No channel was measured whole" in page


def test_what_files_say_is_escaped() -> None:
    trace = replace(flat(862e6, 877e6, -100), name="<b>x</b>", instrument="<script>")

    page = render_page(examine(check_of(trace)))

    assert "<b>x</b>" not in page
    assert "<script" not in page
