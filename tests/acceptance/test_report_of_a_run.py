"""The report of the main job, as its reader opens it."""

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from emulator.lab.cli import main
from emulator.testing.browser import browser, complaints, open_page

SHIPMENT = Path(__file__).parent.parent / "data" / "shipments" / "dual-fuel.csv"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the dual-fuel home."""
    out = tmp_path_factory.mktemp("run") / "out"
    with pytest.raises(SystemExit) as end:
        main(["run", "join_every_device", "--devices", str(SHIPMENT), "--out", str(out)])
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
    assert "of 1,220 frames" in chart


def test_report_of_the_main_job_asks_nothing_of_the_network(report: Path) -> None:
    text = report.read_text()

    assert "http://" not in text.replace("http://www.w3.org/", "")
    assert "https://" not in text
