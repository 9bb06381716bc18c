from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from emulator.kernel import extensions
from emulator.kernel.errors import UsageError
from emulator.lab.listings import kind_rows, print_listing, radio_rows, scenario_rows
from emulator.testing.scenes.scenarios import write_scenario


def test_scenario_row_has_name_title_source_and_tags() -> None:
    for row in scenario_rows():
        assert list(row) == ["name", "title", "source", "tags"]
        assert row["source"]
        assert all(list(source) == ["document", "clause"] for source in row["source"])
        assert all(source["document"] and source["clause"] for source in row["source"])


def test_scenario_that_cannot_be_read_is_told_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_scenario(tmp_path, "pass", name="good.py")
    (tmp_path / "bad.py").write_text("1 +")

    (row,) = scenario_rows(tmp_path)

    assert row["title"] == "A scenario for a test"
    assert f"hanlab: {tmp_path}/bad.py:1: " in capsys.readouterr().err


def told_at(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    print_listing("scenarios", as_json=False)
    return capsys.readouterr().out.splitlines()


def test_usual_terminal_shows_name_and_tags_in_a_line_title_and_sources_below(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told_at(80, monkeypatch, capsys)

    named = [line for line in lines if not line.startswith("  ")]
    assert [line.split()[0] for line in named] == [row["name"] for row in scenario_rows()]
    assert [line.split()[1:] for line in named] == [row["tags"] for row in scenario_rows()]
    assert all(len(line) <= 80 for line in lines)
    assert any("ZSE 1.4 5.4" in line for line in lines)


def test_wide_terminal_shows_every_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "\n".join(told_at(160, monkeypatch, capsys))

    assert "commissioning/join_every_device" in told
    assert "ZSE 1.4 5.4" in told


def install(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    points = {f"KIND{n}": EntryPoint(f"KIND{n}", v, "g") for n, v in enumerate(values)}

    def entry_points(**chosen: str) -> list[EntryPoint]:
        return [points[chosen["name"]]] if "name" in chosen else list(points.values())

    monkeypatch.setattr(extensions, "entry_points", entry_points)


def test_kind_is_told_by_the_first_line_of_its_docstring(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "emulator.kernel.scheduler:Scheduler")

    (row,) = kind_rows("hanlab.devices")

    assert row["name"] == "KIND0"
    assert row["title"] == "Runs actions in order of (instant, order of asking)"


def test_kind_that_does_not_load_is_told_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, "emulator.kernel.scheduler:Scheduler", "no_such_package:Device")

    assert len(kind_rows("hanlab.devices")) == 1

    assert "no_such_package:Device) does not load" in capsys.readouterr().err


def test_people_see_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, "emulator.kernel.scheduler:Scheduler")

    print_listing("devices", as_json=False)

    assert "KIND0" in capsys.readouterr().out


def test_empty_listing_says_so_where_people_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch)

    print_listing("devices", as_json=False)

    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "no devices are installed\n")


def test_only_use_cases_are_chosen_by_device() -> None:
    with pytest.raises(UsageError, match="scenarios have none"):
        print_listing("scenarios", as_json=False, device="ESME")


def test_people_see_code_name_title_and_devices_of_a_use_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_listing("usecases", as_json=False, device="PPMID")

    told = capsys.readouterr().out
    assert "000F" in told
    assert "CS04AC" in told
    assert "evidence" not in told


def test_plugged_in_ports_stand_below_the_kinds_of_radio() -> None:
    names = [row["name"] for row in radio_rows()]

    assert names[0] == "simulated"
    assert "spinel" in names
