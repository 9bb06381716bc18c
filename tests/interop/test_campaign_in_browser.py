"""The page of a campaign as Chromium sees it: filter, open a failure, see the chart."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.evidence.declaration import declaration, declaration_page
from emulator.bench.report.campaign_document import report_document
from emulator.bench.report.html import render_campaign
from emulator.testing.judges.browser import browser, complaints, evaluate, open_page
from emulator.testing.scenes.bench_results import finished_campaign

MANY = 5_200
WINDOW_OF_ROWS = 120
"""More elements than a window with its overscan needs, far fewer than a campaign has cases."""
HOSTILE = "</script><img src=x onerror=\"document.title='taken'\"><b>"


@pytest.fixture(scope="module")
def opened() -> Iterator[webdriver.Chrome]:
    with browser() as chromium:
        yield chromium


@pytest.fixture
def show(opened: webdriver.Chrome, tmp_path: Path) -> Iterator["Show"]:
    page = Show(opened, tmp_path / "report.html")
    yield page
    assert complaints(opened) == []


class Show:
    """One report in the browser."""

    def __init__(self, opened: webdriver.Chrome, path: Path) -> None:
        self.browser = opened
        self.path = path

    def open(self, results: tuple[CaseResult, ...] | None = None) -> None:
        campaign, finished = finished_campaign()
        shown = finished if results is None else results
        text = render_campaign(report_document(campaign, shown), shown)
        self.path.write_text(text, encoding="utf-8")
        open_page(self.browser, self.path)

    def text(self, identifier: str) -> str:
        return self.browser.find_element(By.ID, identifier).text

    def click(self, selector: str) -> None:
        evaluate(self.browser, "document.querySelector(arguments[0]).click()", selector)

    def choose(self, identifier: str, text: str) -> None:
        Select(self.browser.find_element(By.ID, identifier)).select_by_visible_text(text)

    def rows(self) -> int:
        return len(self.browser.find_elements(By.CSS_SELECTOR, ".case"))

    def all(self, selector: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        return [str(each) for each in evaluate(self.browser, script, selector)]


def test_a_manager_sees_verdict_totals_and_findings(show: Show) -> None:
    show.open()

    figures = dict(zip(show.all(".figures dt"), show.all(".figures dd"), strict=True))
    assert show.text("verdict") == "Fail"
    assert (figures["Fail"], figures["Agreed"], figures["Pass"]) == ("2", "1", "7")
    assert show.all("#findings tbody th") == ["GBCS 6.2.4, MAC", "GBCS 6.2.4, certificates"]
    assert "GFI testing excludes the SM WAN" in show.all(".service")[0]


def test_findings_are_shown_first_and_filters_narrow_them(show: Show) -> None:
    show.open()
    first = show.text("case-status")

    show.click("#of-all")
    everything = show.text("case-status")
    show.choose("of-device", "acme-3000")
    show.choose("of-check", "wrong-mac")
    narrowed = show.text("case-status")
    show.browser.find_element(By.ID, "of-text").send_keys("ecs17b refused")
    nothing = show.text("case-status")

    assert (first, everything) == ("3 of 12 cases", "12 of 12 cases")
    assert (narrowed, nothing) == ("2 of 12 cases", "0 of 12 cases")
    assert show.browser.find_element(By.ID, "no-case").is_displayed()


def test_verdicts_can_be_switched_off(show: Show) -> None:
    show.open()

    show.click("[data-state=agreed]")

    assert show.text("case-status") == "2 of 12 cases"
    assert set(show.all(".case .verdict")) == {"Fail"}


def test_a_failure_shows_trees_with_what_differs_chart_octets_and_command(show: Show) -> None:
    show.open()

    show.click(".case")

    pane = show.text("case-detail")
    assert "acme-3000:ESME/0027/ECS17b/wrong-mac" in pane
    assert "GBCS 6.2.4, MAC" in pane
    assert "(c) the device" in pane
    assert "hanlab bench run" in show.all(".again-command")[0]
    assert show.all(".tree-differs")[0].endswith("responses0")
    assert "0000  dd 00" in show.all(".case-detail .hexdump")[-1]


def test_the_chart_of_a_case_shows_its_messages_decoded(show: Show) -> None:
    show.open()

    show.click(".case")
    labels = show.all("#chart .row text")
    show.click("#frame-1")

    message = show.text("chart-detail")
    assert labels == ["command of ECS17b", "response of ECS17b"]
    assert "originator" in message
    assert "the whole message" in message
    assert show.all(".lane-name") == ["bench", "ESME"]


def test_a_passed_case_has_its_messages_too(show: Show) -> None:
    show.open()
    show.click("#of-all")

    show.click(".case-pass")

    assert show.all("#chart .row text") == ["command of ECS17b", "response of ECS17b"]


def test_a_cell_of_the_matrix_leads_to_its_cases(show: Show) -> None:
    show.open()

    show.click(".cell.verdict-fail")

    assert show.text("case-status") == "3 of 12 cases"
    assert Select(show.browser.find_element(By.ID, "of-device")).first_selected_option.text == (
        "acme-3000"
    )


def test_the_matrix_hides_use_cases_without_findings_until_asked(show: Show) -> None:
    _, results = finished_campaign()
    good = tuple(
        replace(each, verdict="pass", waiver="") if each.code == "00B7" else each
        for each in results
    )
    show.open(good)
    before = show.text("matrix-status")

    show.click("#only-bad")

    assert before == "1 use cases shown, 1 without a finding hidden"
    assert show.text("matrix-status") == "2 use cases"


def test_it_can_be_used_from_the_keyboard(show: Show) -> None:
    show.open()
    body = show.browser.find_element(By.TAG_NAME, "body")
    cases = show.browser.find_element(By.ID, "case-list")

    body.send_keys("/")
    searching = show.browser.switch_to.active_element.get_attribute("id")
    cases.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    inside = show.browser.switch_to.active_element.get_attribute("id")
    show.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    back = show.browser.switch_to.active_element.get_attribute("id")

    chosen = show.browser.find_element(By.CSS_SELECTOR, ".case[aria-selected=true]")
    assert (searching, inside, back) == ("of-text", "case-detail", "case-list")
    assert cases.get_attribute("aria-activedescendant") == chosen.get_attribute("id")


def test_arrow_keys_move_through_the_matrix(show: Show) -> None:
    show.open()
    cell = show.browser.find_element(By.CSS_SELECTOR, ".cell")

    cell.send_keys(Keys.ARROW_RIGHT)

    assert "acme-3000" in (show.browser.switch_to.active_element.get_attribute("aria-label") or "")


def test_a_case_has_an_address_and_the_declaration_leads_there(show: Show, tmp_path: Path) -> None:
    show.open()
    campaign, results = finished_campaign()
    told = declaration(report_document(campaign, results), results)
    page = tmp_path / "declaration.html"
    page.write_text(declaration_page(told, ()))
    open_page(show.browser, page)

    show.click(".aspect a")

    assert evaluate(show.browser, "return document.documentElement.dataset.ready") == "true"
    assert "acme-3000:ESME/0027/ECS17b/wrong-mac" in show.text("case-detail")


def test_coverage_is_listed_when_it_is_opened(show: Show) -> None:
    show.open()
    closed = len(show.all("[data-coverage=cosem] tbody tr"))

    show.click("[data-coverage=cosem] summary")
    evaluate(show.browser, "return 0")

    rows = show.all("[data-coverage=cosem] tbody tr")
    assert closed == 0
    assert any("94.44.34.10" in row and "Pass" in row for row in rows)


def test_thousands_of_cases_keep_the_document_small(show: Show) -> None:
    show.open(many())
    counts = []

    show.click("#of-all")
    for fraction in (0.0, 0.5, 1.0):
        script = (
            "const box = document.querySelector('.case-scroll');"
            "box.scrollTop = arguments[0] * (box.scrollHeight - box.clientHeight)"
        )
        evaluate(show.browser, script, fraction)
        counts.append(show.rows())

    assert show.text("case-status") == "5,200 of 5,200 cases"
    assert all(0 < count < WINDOW_OF_ROWS for count in counts)
    show.click(f"#case-{MANY - 1}")
    assert show.all("#chart .row text")


def many() -> tuple[CaseResult, ...]:
    """A long campaign: the finished one again and again."""
    _, results = finished_campaign()
    ran = [each for each in results if each.messages]
    return tuple(
        replace(ran[number % len(ran)], repeat=number // len(ran)) for number in range(MANY)
    )


def test_hostile_texts_stay_texts(show: Show) -> None:
    _, results = finished_campaign()
    message = {**results[0].messages[0], "says": HOSTILE}
    tree = {"label": HOSTILE, "value": HOSTILE, "differs": True}
    bad = replace(
        results[0],
        verdict="fail",
        reason=HOSTILE,
        field=HOSTILE,
        title=HOSTILE,
        hexdump=HOSTILE,
        again=HOSTILE,
        expected=tree,
        seen=tree,
        messages=(message,),
        triage="device",
    )
    show.open((bad, *results[1:]))

    show.click(".case")

    assert show.browser.find_elements(By.TAG_NAME, "img") == []
    assert show.browser.title.startswith("Fail:")
    assert HOSTILE in show.all("#chart .row text")


def test_a_narrow_window_does_not_scroll_sideways(show: Show) -> None:
    show.browser.set_window_size(500, 900)
    try:
        show.open()
        show.click(".case")

        width = evaluate(show.browser, "return document.documentElement.scrollWidth - innerWidth")

        assert width <= 0
    finally:
        show.browser.set_window_size(1440, 1000)


def test_without_findings_everything_is_shown(show: Show) -> None:
    _, results = finished_campaign()
    show.open(tuple(replace(each, verdict="pass", waiver="", triage="") for each in results))

    assert show.text("case-status") == "12 of 12 cases"
    assert show.text("matrix-status") == "2 use cases"
