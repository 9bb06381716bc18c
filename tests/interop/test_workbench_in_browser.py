"""The workbench of `hanlab serve` as Chromium sees it: live premises, a run, an install code."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.select import Select

from emulator.testing.judges.browser import browser, complaints, evaluate
from emulator.testing.served.served_dcc import served_dcc

SHIPMENT = Path(__file__).parents[1] / "data" / "shipments" / "one-meter.csv"
CODE = "83FED3407A939723A5C639B26916D505"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = str(tmp_path_factory.mktemp("kept"))
    homes = ("--devices", str(SHIPMENT), "--leave", "ESME", "--premises", "2")
    words = (*homes, "--out", out, "--speed", "20")
    with served_dcc(words) as served:
        yield served.url("workbench")


@pytest.fixture(scope="module")
def opened() -> Iterator[webdriver.Chrome]:
    with browser() as chromium:
        yield chromium


def until(holds: Callable[[], object], within: float = 60) -> None:
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.2)


def text(opened: webdriver.Chrome, identifier: str) -> str:
    script = "return document.getElementById(arguments[0])?.textContent ?? ''"
    return str(evaluate(opened, script, identifier)).strip()


def click(opened: webdriver.Chrome, selector: str) -> None:
    opened.find_element(By.CSS_SELECTOR, selector).click()


def test_premises_live_on_the_page_and_a_message_is_decoded(
    opened: webdriver.Chrome, place: str
) -> None:
    complaints(opened)
    opened.get(place)
    until(lambda: text(opened, "live") == "live")
    until(lambda: len(opened.find_elements(By.CSS_SELECTOR, ".row[data-row]")) > 2)
    frames = text(opened, "chart-status")
    until(lambda: text(opened, "chart-status") != frames)

    opened.find_element(By.ID, "chart").send_keys(Keys.HOME)

    assert "octets, as sent, with FCS" in text(opened, "chart-detail")
    assert "Pending" in text(opened, "premises")
    assert "supplier" in text(opened, "told")
    assert complaints(opened) == []


def test_the_air_of_any_home_can_be_chosen(opened: webdriver.Chrome, place: str) -> None:
    complaints(opened)
    opened.get(place)
    opened.find_element(By.LINK_TEXT, "home 2").click()
    until(lambda: text(opened, "live") == "live")
    until(lambda: len(opened.find_elements(By.CSS_SELECTOR, ".row[data-row]")) > 2)

    assert "home 2 ESME" in text(opened, "messages")
    assert "home 2 CHF" in text(opened, "premises")
    files = [
        each.get_attribute("href") for each in opened.find_elements(By.CSS_SELECTOR, ".files a")
    ]
    assert all("/premises/2/kept/" in str(each) for each in files)
    assert complaints(opened) == []


def test_two_people_watch_the_same_home(opened: webdriver.Chrome, place: str) -> None:
    opened.get(place)
    first = opened.current_window_handle
    opened.switch_to.new_window("window")
    opened.get(place)
    until(lambda: text(opened, "moment"))
    other = text(opened, "moment")
    until(lambda: text(opened, "moment") != other)
    opened.close()
    opened.switch_to.window(first)

    until(lambda: text(opened, "moment") > other)


def test_a_scenario_is_run_and_watched_from_the_page(opened: webdriver.Chrome, place: str) -> None:
    opened.get(f"{place}/runs")
    scenario = opened.find_element(By.NAME, "scenario")
    Select(scenario).select_by_value("commissioning/join_every_device")
    click(opened, "form[action='/runs/scenario'] .button")

    until(lambda: text(opened, "verdict"), within=120)
    until(lambda: opened.find_elements(By.CSS_SELECTOR, "#steps-list tr"))
    report = opened.find_element(By.CSS_SELECTOR, "a.button").get_attribute("href")
    opened.get(str(report))

    assert opened.title.startswith("Pass: ")
    assert opened.find_elements(By.CSS_SELECTOR, "html[data-ready]")
    assert complaints(opened) == []


def be(opened: webdriver.Chrome, place: str, party: str) -> None:
    opened.get(f"{place}/ssi")
    Select(opened.find_element(By.NAME, "user")).select_by_visible_text(party)
    before = opened.find_element(By.CSS_SELECTOR, ".who .button")
    before.click()
    until(lambda: staleness_of(before)(opened))
    until(lambda: opened.find_elements(By.CSS_SELECTOR, ".tabs"))


def test_an_install_code_comes_from_one_supplier_to_the_other(
    opened: webdriver.Chrome, place: str
) -> None:
    be(opened, place, "gaining supplier")
    opened.find_element(By.LINK_TEXT, "ESME").click()
    click(opened, "form[action='/ssi/requests'] .button")
    until(lambda: opened.current_url.endswith("/ssi/requests/1"))
    be(opened, place, "supplier")
    opened.find_element(By.LINK_TEXT, "Mail").click()
    opened.find_element(By.LINK_TEXT, "request 1").click()
    opened.find_element(By.NAME, "install_code").send_keys(CODE)
    click(opened, "form[action$='/notes'] .button")
    be(opened, place, "gaining supplier")
    opened.get(f"{place}/ssi/requests/1")

    assert CODE in opened.find_element(By.ID, "main").text
    assert complaints(opened) == []
    be(opened, place, "network operator")
    opened.get(f"{place}/ssi/requests/1")
    assert "MP121" in opened.find_element(By.CSS_SELECTOR, "[role=alert]").text
    complaints(opened)
