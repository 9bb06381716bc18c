import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.run_pages import RunPages
from emulator.lab.workbench.run_shelf import RunShelf
from emulator.lab.workbench.streams import Streams
from emulator.lab.workbench.visitors import Visitors
from tests.lab.workbench.asked import asked
from tests.lab.workbench.test_run_shelf import ended


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunShelf]:
    made = RunShelf(tmp_path_factory.mktemp("runs"), Pages())
    yield made
    made.close()


@pytest.fixture(scope="module")
def application(shelf: RunShelf) -> Starlette:
    return Starlette(routes=RunPages(shelf, Pages(), Streams(), Visitors()).routes)


def posted(application: Starlette, path: str, fields: Mapping[str, str]) -> httpx.Response:
    page = asked(application, "/runs")
    token = re.search('name="token" value="([^"]+)"', page.text)
    assert token is not None
    cookie = page.headers["set-cookie"].partition(";")[0]
    form = str(httpx.QueryParams({"token": token[1], **fields}))
    return asked(application, path, method="POST", headers={"cookie": cookie}, content=form)


def test_scenarios_and_campaigns_can_be_chosen(application: Starlette) -> None:
    page = asked(application, "/runs").text

    assert 'value="commissioning/dual_fuel" selected' in page
    assert "<option>mac-unchecked</option>" in page


def test_a_wrong_form_is_shown_again_with_what_is_wrong(application: Starlette) -> None:
    answer = posted(application, "/runs/scenario", {"scenario": "<b>", "seed": "x"})

    assert answer.status_code == 400
    assert "no scenario is called &#39;&lt;b&gt;&#39;" in answer.text
    assert "seed" in answer.text


@pytest.mark.parametrize("path", ["/runs/scenario", "/runs/campaign", "/runs/1/stop"])
def test_a_form_that_is_of_no_page_of_ours_does_nothing(
    application: Starlette, shelf: RunShelf, path: str
) -> None:
    before = shelf.runs

    answer = asked(application, path, method="POST", content="scenario=commissioning/dual_fuel")

    assert answer.status_code == 403
    assert shelf.runs == before


@pytest.mark.parametrize(
    "path", ["/runs/99", "/runs/99/feed", "/runs/99/report", "/runs/99/files/a"]
)
def test_a_run_that_is_not_there_is_not_found(application: Starlette, path: str) -> None:
    assert asked(application, path).status_code == 404


def test_a_run_is_started_watched_and_stopped(application: Starlette, shelf: RunShelf) -> None:
    started = posted(application, "/runs/scenario", {"scenario": "commissioning/dual_fuel"})
    place = started.headers["location"]
    page = asked(application, place).text
    stopped = posted(application, f"{place}/stop", {})

    run = shelf.find(int(place.rpartition("/")[2]))
    assert started.status_code == stopped.status_code == 303
    assert run is not None
    assert f'data-feed="{place}/feed" data-reload' in page
    assert ended(run).verdict
    assert "hanlab run commissioning/dual_fuel" in asked(application, "/runs").text
    assert sys.executable not in asked(application, place).text


def test_files_of_a_run_are_taken_away_and_no_others(
    application: Starlette, shelf: RunShelf, tmp_path: Path
) -> None:
    (run, *_) = shelf.runs
    run.folder.mkdir(exist_ok=True)
    (run.folder / "report.html").write_text("<script>1</script>")
    (tmp_path / "secret").write_text("x")

    report = asked(application, f"/runs/{run.number}/report")
    download = asked(application, f"/runs/{run.number}/files/report.html")
    outside = asked(application, f"/runs/{run.number}/files/..%2Fsecret")

    assert report.headers["content-security-policy"].startswith("sandbox allow-scripts;")
    assert download.headers["content-disposition"].startswith("attachment")
    assert outside.status_code == 404
