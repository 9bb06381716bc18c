from importlib.metadata import EntryPoint, PackageNotFoundError
from pathlib import Path

import pytest

from emulator.kernel import extensions
from emulator.lab import examination
from emulator.lab.examination import PACKAGES, Finding, examine, print_examination, shadow


def made(place: Path, *files: str) -> Path:
    for file in files:
        path = place / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return place


def test_our_package_is_found_where_nothing_stands_before_it(tmp_path: Path) -> None:
    home = made(tmp_path / "home", "devices/__init__.py")
    other = made(tmp_path / "other", "unrelated.py")

    finding = shadow("devices", [str(other), str(home)], home)

    assert finding == Finding("package devices", "ok", str(home / "devices"))


@pytest.mark.parametrize("file", ["devices/__init__.py", "devices.py"])
def test_package_of_the_same_name_earlier_on_the_path_hides_ours(tmp_path: Path, file: str) -> None:
    home = made(tmp_path / "home", "devices/__init__.py")
    other = made(tmp_path / "other", file)

    finding = shadow("devices", [str(other), str(home)], home)

    assert finding.state == "broken"
    assert finding.detail == f"{other / 'devices'} hides {home / 'devices'}"


def test_package_later_on_the_path_hides_nothing(tmp_path: Path) -> None:
    home = made(tmp_path / "home", "devices/__init__.py")
    other = made(tmp_path / "other", "devices/__init__.py")

    assert shadow("devices", [str(home), str(other)], home).state == "ok"


def test_users_own_folder_of_scenarios_hides_nothing(tmp_path: Path) -> None:
    home = made(tmp_path / "home", "scenarios/one.py")
    other = made(tmp_path / "other", "scenarios/mine.py")

    assert shadow("scenarios", [str(other), str(home)], home).state == "ok"


def test_home_that_is_not_on_the_path_is_broken(tmp_path: Path) -> None:
    assert shadow("devices", [], tmp_path).state == "broken"


def test_empty_entry_of_the_path_is_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = made(tmp_path / "home", "devices/__init__.py")
    monkeypatch.chdir(made(tmp_path / "other", "devices/__init__.py"))

    assert shadow("devices", ["", str(home)], home).state == "broken"


def test_examination_covers_packages_tools_and_entry_points(tmp_path: Path) -> None:
    names = [finding.name for finding in examine([str(tmp_path)], tmp_path, tmp_path)]

    assert [f"package {name}" for name in PACKAGES] == names[9:13]
    assert "entry points hanlab.commands" in names
    assert names[-1] == "output folder"


def test_missing_tool_breaks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    findings = {each.name: each for each in examine([str(tmp_path)], tmp_path, tmp_path)}

    assert findings["tshark"].state == "missing"


def test_tool_that_does_not_run_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tshark"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    findings = {each.name: each for each in examine([str(tmp_path)], tmp_path, tmp_path)}

    assert findings["tshark"].state == "missing"
    assert "does not run" in findings["tshark"].detail


def test_folder_in_which_nothing_can_be_made_is_broken(tmp_path: Path) -> None:
    findings = examine([str(tmp_path)], tmp_path, tmp_path / "absent")

    assert findings[-1].state == "broken"


def test_people_read_one_line_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    status = print_examination(as_json=False)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok      hanlab: ")
    assert status in (0, 3)


def test_entry_point_that_does_not_load_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = EntryPoint("ghost", "no_such_package:Ghost", "hanlab.devices")

    def entry_points(**chosen: str) -> list[EntryPoint]:
        return [point] if chosen["group"] == "hanlab.devices" else []

    monkeypatch.setattr(extensions, "entry_points", entry_points)

    findings = {each.name: each for each in examine([str(tmp_path)], tmp_path, tmp_path)}

    assert findings["entry points hanlab.devices"].state == "broken"
    assert "no_such_package:Ghost) does not load" in findings["entry points hanlab.devices"].detail
    assert findings["entry points hanlab.radios"].detail == "none"


def test_library_that_is_not_installed_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name == "rich":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(examination, "version", version)

    findings = {each.name: each for each in examine([str(tmp_path)], tmp_path, tmp_path)}

    assert findings["rich"].state == "broken"
    assert findings["typer"] == Finding("typer", "ok", "1.0")
