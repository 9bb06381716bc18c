"""The report of the main job, as its reader opens it."""

import json
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from emulator.lab.cli import main
from emulator.testing.judges.browser import browser, complaints, open_page

SHIPMENT = Path(__file__).parent.parent / "data" / "shipments" / "dual-fuel.csv"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the dual-fuel home."""
    out = tmp_path_factory.mktemp("run") / "out"
    with pytest.raises(SystemExit) as end:
        main(["run", "commissioning/dual_fuel", "--devices", str(SHIPMENT), "--out", str(out)])
    assert end.value.code == 0
    return out / "report.html"


def test_report_of_the_main_job_opens_without_a_script_error(report: Path) -> None:
    with browser() as chromium:
        open_page(chromium, report)

        verdict = chromium.find_element(By.TAG_NAME, "header").text
        drawing = chromium.find_element(By.CSS_SELECTOR, "#network svg").text
        chart = chromium.find_element(By.ID, "chart-status").text

        assert complaints(chromium) == []
    assert "Pass" in verdict
    assert all(name in drawing for name in ("CHF", "ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD"))
    frames = json.loads(report.with_name("report.json").read_text())["frames"]
    assert f"of {frames:,} frames" in chart


def test_a_step_shows_its_messages_on_a_click(report: Path) -> None:
    with browser() as chromium:
        open_page(chromium, report)
        step, message = (
            chromium.find_elements(By.CSS_SELECTOR, f"#steps {nesting} > summary")[0]
            for nesting in ("td > details.carried", "details.carried details.carried")
        )
        before = message.is_displayed()
        chromium.execute_script("arguments[0].click()", step)
        chromium.execute_script("arguments[0].click()", message)
        decoded = chromium.find_element(By.CSS_SELECTOR, "#steps details[open] details[open] pre")

        assert (before, message.is_displayed()) == (False, True)
        assert "use case: CCS01 Add Device to CHF device log (0001)" in decoded.text


def test_report_of_the_main_job_asks_nothing_of_the_network(report: Path) -> None:
    text = report.read_text()

    assert "http://" not in text.replace("http://www.w3.org/", "")
    assert "https://" not in text
