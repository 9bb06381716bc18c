"""The page of a campaign, as text; `tests/interop` looks at it in a browser."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from emulator.bench.report.campaign_document import report_document
from emulator.bench.report.html import render_campaign, state_of
from emulator.lab.report.page_parts import script_digest
from emulator.testing.scenes.bench_results import finished_campaign

HOSTILE = '</script><img src=x onerror="1"><b>'


@pytest.fixture(scope="module")
def page() -> str:
    campaign, results = finished_campaign()
    return render_campaign(report_document(campaign, results), results)


class Tags(HTMLParser):
    """The names of all elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)


def test_it_says_mode_reach_and_that_there_is_no_certification(page: str) -> None:
    assert "GFI testing excludes the SM WAN" in page
    assert "no radio network" in page
    assert "no certification" in page
    assert "test key" in page


def test_it_shows_waivers_profiles_and_digests(page: str) -> None:
    assert "agreed with Acme in March" in page
    assert "an Acme 3000 has one coil" in page
    assert finished_campaign()[0].shipment.sha256 in page


def test_it_allows_its_own_script_and_fetches_nothing(page: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)

    assert f"script-src 'sha256-{script_digest(script)}'" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page


def test_hostile_texts_stay_texts() -> None:
    campaign, results = finished_campaign()
    named = replace(campaign, name=HOSTILE, source=HOSTILE)
    bad = [replace(each, reason=HOSTILE, field=HOSTILE, hexdump=HOSTILE) for each in results]

    page = render_campaign(report_document(named, bad), bad)

    assert "img" not in Tags(page).names


def test_the_data_of_the_page_is_json(page: str) -> None:
    pattern = r'<script type="application/json" id="([\w-]+)">(.*?)</script>'

    found = {name: json.loads(text) for name, text in re.findall(pattern, page, re.DOTALL)}

    assert set(found) == {"case-data", "coverage-data", "case-details-0"}
    assert len(found["case-data"]["verdict"]) == len(finished_campaign()[1])


def test_an_agreed_failure_has_a_state_of_its_own() -> None:
    _, results = finished_campaign()

    assert {state_of(each) for each in results if each.waiver} == {"agreed"}


def test_a_campaign_without_findings_says_so() -> None:
    campaign, results = finished_campaign()
    passed = [replace(each, verdict="pass", waiver="", triage="") for each in results]

    page = render_campaign(report_document(campaign, passed), passed)

    assert "every case passed or does not apply" in page
