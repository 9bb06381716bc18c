"""How long the page of a long campaign takes to open, and how large it is."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.campaign_run import CampaignRequest, run_campaign
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.files import write_reports
from emulator.lab.kept.output_directory import REPORT_HTML
from emulator.testing.judges.browser import browser, open_page
from emulator.testing.scenes.bench_results import write_campaign
from tests.benchmarks.figures import Figure, seconds_of

ROUNDS = 5
CAMPAIGN = """\
reach = "device"
shipment = "home.csv"
[[devices]]
name = "broken"
kind = "ESME"
defect = "mac-unchecked"
[[devices]]
name = "gas"
kind = "GSME"
defect = "gbz-length-off"
"""
"""Every case of two meters, hundreds of which fail."""


def measure() -> Iterator[Figure]:
    """Wall seconds until the page can be used, megabytes, and seconds to write it."""
    with TemporaryDirectory() as folder:
        campaign = parse_campaign(write_campaign(Path(folder), CAMPAIGN), CAMPAIGN)
        out = Path(folder) / "results"
        results = run_campaign(CampaignRequest(campaign=campaign, text=CAMPAIGN, out=out), _silent)
        wrote = seconds_of(lambda: write_reports(out, campaign, results))
        failed = json.loads((out / "report.json").read_text())["counts"]["fail"]
        detail = f"{len(results)} cases, {failed} of them failures"
        yield from _opened(out / REPORT_HTML, detail)
        yield Figure(
            name="report of a campaign: written",
            figure=round(wrote, 2),
            unit="s",
            target=15,
            better="lower",
            detail=f"{detail}; JSON, JUnit and HTML together",
        )


@contextmanager
def _every_core() -> Iterator[None]:
    """Give a browser the cores that people have; a measurement is usually kept on one."""
    if sys.platform != "linux":
        yield
        return
    kept = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, kept)


def _opened(page: Path, detail: str) -> Iterator[Figure]:
    with _every_core(), browser() as chromium:
        times = []
        for _ in range(ROUNDS):
            chromium.get("about:blank")
            start = time.perf_counter()
            open_page(chromium, page)
            ready = "return document.documentElement.dataset.ready"
            while chromium.execute_script(ready) != "true":
                time.sleep(0.01)
            times.append(time.perf_counter() - start)
    yield Figure(
        name="report of a campaign: opens in headless Chromium",
        figure=round(median(times), 2),
        unit="s",
        target=2,
        better="lower",
        detail=f"{detail}; median of {ROUNDS}; {min(times):.2f} to {max(times):.2f}",
    )
    yield Figure(
        name="report of a campaign: size",
        figure=round(page.stat().st_size / 1e6, 1),
        unit="MB",
        target=20,
        better="lower",
        detail=detail,
    )


def _silent(_result: CaseResult, _done: int, _planned: int) -> None:
    pass
