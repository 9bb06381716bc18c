import time
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.run_orders import CampaignOrder, ScenarioOrder
from emulator.lab.workbench.run_shelf import AT_ONCE, Run, RunShelf

PAGES = Pages()
QUICK = ScenarioOrder("commissioning/join_every_device", "one-meter.csv", 1, ())
LONG = ScenarioOrder("commissioning/dual_fuel", "", 1, ())


def ended(run: Run, within: float = 120) -> Run:
    until = time.monotonic() + within
    while not run.verdict and time.monotonic() < until:
        time.sleep(0.1)
    return run


@pytest.mark.slow
def test_a_scenario_is_run_told_and_leaves_its_files(tmp_path: Path) -> None:
    run = ended(RunShelf(tmp_path, PAGES).scenario(QUICK))

    kinds = {each.kind for each in run.feed.after(0).events}
    assert (run.verdict, run.feed.ended) == ("pass", True)
    assert {"rows", "step", "premises", "progress"} <= kinds
    assert {"report.html", "han.pcapng", "trace.jsonl"} <= set(run.files)
    assert run.file("report.html") == tmp_path / "1" / "report.html"
    assert run.file("../1.toml") is None


@pytest.mark.slow
def test_a_campaign_is_run_and_its_cases_told(tmp_path: Path) -> None:
    order = CampaignOrder("ESME", "mac-unchecked", "device", ("ECS17b",))

    run = ended(RunShelf(tmp_path, PAGES).campaign(order))

    cases = [each for each in run.feed.after(0).events if each.kind == "case"]
    assert run.verdict == "fail"
    assert len(cases) > 10
    assert "results.jsonl" in run.files


@pytest.mark.slow
def test_no_more_go_on_at_once_than_may_and_all_end_with_the_server(tmp_path: Path) -> None:
    shelf = RunShelf(tmp_path, PAGES)
    runs = [shelf.scenario(LONG) for _ in range(AT_ONCE)]

    with pytest.raises(UsageError, match="already"):
        shelf.scenario(LONG)
    shelf.close()

    assert shelf.runs == tuple(reversed(runs))
    assert all(ended(run).process.returncode is not None for run in runs)
    assert shelf.find(1) is runs[0]
    assert shelf.find(9) is None
