"""The recipes for CI servers: their commands are run, as the servers would run them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RECIPES = Path(__file__).resolve().parents[2] / "docs/how-to/ci"
PAGE = RECIPES.parent / "run-in-ci.md"
GITHUB = "github-actions.yml"
GITLAB = "gitlab-ci.yml"


def commands(name: str) -> list[str]:
    """The shell commands of a recipe but those that install hanlab, which is there already."""
    lines = (RECIPES / name).read_text().splitlines()
    pattern = r"          (\S.*)" if name == GITHUB else r"    - (\S.*)"
    found = [match.group(1) for line in lines if (match := re.fullmatch(pattern, line))]
    return [each for each in found if each.startswith("hanlab ")]


def file_of_the_page(name: str) -> str:
    found = re.search(
        rf"^```\w+ {re.escape(name)}\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL
    )
    assert found is not None
    return found.group(1)


def status(command: str, where: Path) -> int:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", command],
        cwd=where,
        env=os.environ | {"PATH": programs},
        stdout=subprocess.DEVNULL,
        check=False,
    ).returncode


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A tester's repository: campaign, shipment, and a baseline in which all passed."""
    for name in ("campaign.toml", "shipment.csv"):
        (tmp_path / name).write_text(file_of_the_page(name))
    assert status("hanlab bench run campaign.toml --out baseline", tmp_path) == 0
    return tmp_path


@pytest.mark.parametrize("name", [GITHUB, GITLAB])
def test_every_recipe_runs_compares_and_bundles(name: str) -> None:
    told = [each.split()[1:3] for each in commands(name)]

    assert told == [["bench", "run"], ["bench", "compare"], ["evidence", "make"]]


@pytest.mark.slow
@pytest.mark.parametrize("name", [GITHUB, GITLAB])
def test_a_good_meter_passes_every_step(name: str, repository: Path) -> None:
    for command in commands(name):
        assert status(command, repository) == 0, command

    left = {each.name for each in repository.iterdir()}
    assert {"results", "evidence.zip"} <= left
    assert {"junit.xml", "report.html", "differences.html"} <= {
        each.name for each in (repository / "results").iterdir()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", [GITHUB, GITLAB])
def test_a_meter_that_became_worse_stops_the_build_at_the_comparison(
    name: str, repository: Path
) -> None:
    campaign = repository / "campaign.toml"
    campaign.write_text(
        campaign.read_text().replace('kind = "ESME"', 'kind = "ESME"\ndefect = "mac-unchecked"')
    )

    statuses = [status(command, repository) for command in commands(name)]

    assert statuses == [0, 1, 0]
