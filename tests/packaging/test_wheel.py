"""The wheel, installed where nothing else is, does the main job."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_INSTALLER = (str(Path(sys.executable).with_name("uv")), "pip")
"""That of `make setup`: what it has fetched once it does not fetch again."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    target = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)], ROOT)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> frozenset[str]:
    """The names of the files in the wheel."""
    return frozenset(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `hanlab` in an environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("empty") / "environment"
    venv.create(folder)
    _run([*_INSTALLER, "install", "--quiet", *_into(folder / "bin"), str(wheel)], folder)
    return folder / "bin"


def _into(programs: Path) -> tuple[str, str]:
    return ("--python", str(programs / "python"))


def _run(command: list[str], where: Path) -> str:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=where, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_product(contents: frozenset[str]) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for room in ("emulator", "devices", "hardware", "scenarios")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert wanted - contents == set()


def test_the_wheel_holds_no_tests_and_no_documents(contents: frozenset[str]) -> None:
    rooms = {name.partition("/")[0] for name in contents}

    assert {room for room in rooms if not room.endswith(".dist-info")} == {
        "emulator",
        "devices",
        "hardware",
        "scenarios",
    }


def test_the_folder_of_scenarios_is_no_package(contents: frozenset[str]) -> None:
    assert [name for name in contents if name.startswith("scenarios/") and "__init__" in name] == []


@pytest.mark.parametrize("suffix", [".j2", ".css", ".js", ".schema.json", ".csv"])
def test_the_wheel_holds_what_is_not_python(contents: frozenset[str], suffix: str) -> None:
    assert [name for name in contents if name.endswith(suffix)]


def test_the_licence_comes_along(contents: frozenset[str]) -> None:
    assert [name for name in contents if name.endswith("licenses/LICENSE")]


def test_the_installed_command_lists_the_scenarios(programs: Path, tmp_path: Path) -> None:
    rows = json.loads(_run([str(programs / "hanlab"), "list", "scenarios", "--json"], tmp_path))

    assert "commissioning/join_every_device" in {row["name"] for row in rows}
    assert all(row["title"] and row["source"] for row in rows)


def test_the_installed_command_runs_a_scenario_by_name(programs: Path, tmp_path: Path) -> None:
    command = [str(programs / "hanlab"), "run", "join_every_device", "--out", "here", "--json"]

    report = json.loads(_run(command, tmp_path))

    assert report["verdict"] == "pass"
    assert {row["link_key"] for row in report["devices"] if row["type"] not in {"CHF", "GPF"}} == {
        "cbke"
    }
    assert (tmp_path / "here/report.html").exists()


def test_the_installation_finds_nothing_wrong_with_itself(programs: Path, tmp_path: Path) -> None:
    found = json.loads(_run([str(programs / "hanlab"), "doctor", "--json"], tmp_path))

    assert found


def test_every_entry_point_of_the_wheel_loads(programs: Path, tmp_path: Path) -> None:
    program = (
        "from importlib.metadata import distribution\n"
        "points = distribution('hanlab').entry_points\n"
        "for point in points:\n"
        "    if point.group != 'pytest11': point.load(); print(point.name)"  # pytest loads its own
    )

    loaded = _run([str(programs / "python"), "-c", program], tmp_path).split()

    assert {"hanlab", "run", "list", "CHF", "ESME", "simulated"} <= set(loaded)


def test_the_product_does_without_what_only_tests_need(programs: Path, tmp_path: Path) -> None:
    listing = [*_INSTALLER, "list", *_into(programs), "--format=json"]
    listed = json.loads(_run(listing, tmp_path))

    installed = {row["name"].lower() for row in listed}
    assert installed.isdisjoint({"hypothesis", "pytest", "scapy", "simpy", "zigpy"})
