"""The page as Chromium sees it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from emulator.lab.kept.result import RunResult
from emulator.lab.report import render_report
from emulator.testing.judges.browser import browser, complaints, evaluate, open_page
from emulator.testing.scenes.results import dual_fuel_result

HOSTILE = "</script><img src=x onerror=\"document.title='taken'\"><b>"
WINDOW_OF_ROWS = 200
"""More elements than a window with its overscan needs, far fewer than a run has frames."""


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

    def open(self, result: RunResult) -> None:
        self.path.write_text(render_report(result), encoding="utf-8")
        open_page(self.browser, self.path)

    def status(self) -> str:
        return self.browser.find_element(By.ID, "chart-status").text

    def labels(self) -> list[str]:
        script = "return [...document.querySelectorAll('.row svg text')].map((t) => t.textContent)"
        return [str(label) for label in evaluate(self.browser, script)]

    def rows(self) -> int:
        return len(self.browser.find_elements(By.CSS_SELECTOR, ".row[role=option]"))

    def click(self, selector: str) -> None:
        evaluate(self.browser, "document.querySelector(arguments[0]).click()", selector)

    def scroll_to(self, fraction: float) -> None:
        script = (
            "const box = document.querySelector('.chart-scroll');"
            "box.scrollTop = arguments[0] * (box.scrollHeight - box.clientHeight)"
        )
        evaluate(self.browser, script, fraction)


def test_drawing_and_chart_are_there_without_a_script_error(show: Show) -> None:
    show.open(dual_fuel_result())

    assert len(show.browser.find_elements(By.CSS_SELECTOR, "svg.network g.card")) == 7
    assert len(show.browser.find_elements(By.CSS_SELECTOR, ".lane-name")) == 6
    assert show.rows() > 10
    assert show.browser.find_element(By.ID, "verdict").text == "Fail"


def test_acknowledgements_are_hidden_until_asked_for(show: Show) -> None:
    show.open(dual_fuel_result(480))
    before = show.status()

    show.click("[data-layer=ack]")

    assert before == "261 of 480 frames"
    assert show.status() == "480 of 480 frames"
    assert "Acknowledgement" in show.labels()


def test_layers_can_be_hidden(show: Show) -> None:
    show.open(dual_fuel_result())

    for layer in ("mac", "nwk", "zdo", "zcl"):
        show.click(f"[data-layer={layer}]")

    assert set(show.labels()) == {"Transport Key, network key"}


def test_search_finds_labels_and_decoded_fields(show: Show) -> None:
    result = dual_fuel_result()
    row = replace(result.chart[7], detail=("APS: data", "  profile: Smart Energy"))
    show.open(replace(result, chart=(*result.chart[:7], row, *result.chart[8:])))
    search = show.browser.find_element(By.ID, "chart-search")

    search.send_keys("smart PROFILE")

    assert show.status() == "1 of 480 frames"


def test_one_device_shows_whatever_it_sends_or_is_sent(show: Show) -> None:
    result = dual_fuel_result()
    show.open(result)

    Select(show.browser.find_element(By.ID, "chart-device")).select_by_visible_text("gsme")

    its = [row for row in result.chart if "gsme" in (row.source, row.destination)]
    heard = sum(row.label != "Acknowledgement" for row in its)
    assert show.status() == f"{heard} of 480 frames"


def test_two_devices_show_what_goes_between_them(show: Show) -> None:
    result = dual_fuel_result()
    show.open(result)

    show.click(".lane-name[data-place='0']")
    show.click(".lane-name[data-place='1']")

    inside = [row for row in result.chart if row.source in {"hub", "esme"}]
    between = [row for row in inside if row.destination in {"hub", "esme", "*"}]
    heard = sum(row.label != "Acknowledgement" for row in between)
    assert show.status() == f"{heard} of 480 frames, between hub, esme"


def test_a_clicked_row_shows_its_fields_and_octets(show: Show) -> None:
    result = dual_fuel_result()
    show.open(result)

    show.click("#frame-0")

    pane = show.browser.find_element(By.ID, "chart-detail").text
    assert "Beacon Request" in pane
    assert "esme → everyone" in pane
    assert result.chart[0].psdu[:8].hex(" ") in pane


def test_arrow_keys_move_through_the_messages(show: Show) -> None:
    show.open(dual_fuel_result())
    chart = show.browser.find_element(By.ID, "chart")

    chart.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.END)

    chosen = show.browser.find_element(By.CSS_SELECTOR, ".row[aria-selected=true]")
    assert chart.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.get_attribute("id") == "frame-479"


def test_zoom_changes_how_many_rows_fit(show: Show) -> None:
    show.open(dual_fuel_result())
    usual = show.rows()

    show.click("#chart-less")
    show.click("#chart-less")

    assert show.rows() > usual


def test_a_step_leads_to_its_messages(show: Show) -> None:
    show.open(dual_fuel_result())

    show.click("[data-at='27412000']")

    names = show.browser.find_elements(By.CSS_SELECTOR, ".row-step")
    assert any("hcalcs joins" in name.text for name in names)


def test_idle_time_is_cut_out_and_marked(show: Show) -> None:
    show.open(dual_fuel_result())

    gaps = show.browser.find_elements(By.CSS_SELECTOR, ".row-gap")

    assert [gap.text for gap in gaps] == ["8.24 s later"]


def test_twenty_thousand_frames_keep_the_document_small(show: Show) -> None:
    show.open(dual_fuel_result(20_000))
    counts = []

    for fraction in (0.0, 0.5, 1.0):
        show.scroll_to(fraction)
        counts.append(show.rows())

    assert show.status().endswith("of 20,000 frames")
    assert all(0 < count < WINDOW_OF_ROWS for count in counts)
    assert show.browser.find_elements(By.ID, "frame-19999")


def test_hostile_texts_stay_texts(show: Show) -> None:
    result = dual_fuel_result(4)
    row = replace(result.chart[0], label=HOSTILE, detail=(HOSTILE,), security=HOSTILE)
    device = replace(result.devices[2], name=HOSTILE)
    step = replace(result.steps[0], name=HOSTILE, detail=HOSTILE)
    show.open(
        replace(
            result,
            title=HOSTILE,
            chart=(row, *result.chart[1:], replace(row, source=HOSTILE)),
            devices=(*result.devices, device),
            steps=(step,),
            settings={HOSTILE: HOSTILE},
        )
    )

    show.click("#frame-0")

    assert show.browser.find_elements(By.TAG_NAME, "img") == []
    assert show.browser.title == f"Fail: {HOSTILE}"
    assert HOSTILE in show.labels()


def test_a_run_without_frames_or_devices_still_shows(show: Show) -> None:
    show.open(replace(dual_fuel_result(0), devices=(), steps=(), settings={}, inputs=()))

    assert show.status() == "0 of 0 frames"
