"""The files of a campaign."""

import json
from pathlib import Path

import pytest

from emulator.bench.report.files import json_text, write_reports, write_text
from emulator.kernel.errors import EnvironmentFault
from emulator.testing.scenes.bench_results import finished_campaign


def test_every_report_is_written_and_report_json_is_given_back(tmp_path: Path) -> None:
    text = write_reports(tmp_path, *finished_campaign())

    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "junit.xml",
        "report.html",
        "report.json",
    ]
    assert (tmp_path / "report.json").read_text() == text


def test_the_same_results_give_the_same_octets(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_reports(tmp_path / name, *finished_campaign())

    assert all(
        (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        for name in ("junit.xml", "report.html", "report.json")
    )


def test_allure_results_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    write_reports(tmp_path, *finished_campaign(), allure=tmp_path / "allure")

    assert list((tmp_path / "allure").glob("*-result.json"))


def test_a_folder_that_is_none_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="none"):
        write_text(tmp_path / "none" / "x", "")


def test_texts_keep_their_letters() -> None:
    assert json.loads(json_text({"a": "µ"})) == {"a": "µ"}
    assert "µ" in json_text({"a": "µ"})
