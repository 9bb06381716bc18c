"""Allure results: one a case, the same files for the same results."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from emulator.bench.report.allure_results import write_allure
from emulator.bench.report.campaign_document import report_document
from emulator.kernel.errors import EnvironmentFault
from emulator.testing.scenes.bench_results import finished_campaign


def written(folder: Path) -> list[dict[str, Any]]:
    campaign, results = finished_campaign()
    write_allure(folder, report_document(campaign, results), results)
    return [json.loads(each.read_text()) for each in sorted(folder.glob("*-result.json"))]


def test_every_case_is_a_result_with_the_status_of_its_verdict(tmp_path: Path) -> None:
    found = written(tmp_path)

    statuses = sorted(each["status"] for each in found)
    assert statuses == ["failed"] * 2 + ["passed"] * 7 + ["skipped"] * 3


def test_a_failure_carries_trees_messages_and_octets_that_are_there(tmp_path: Path) -> None:
    (failed, *_) = [each for each in written(tmp_path) if each["status"] == "failed"]

    names = [each["name"] for each in failed["attachments"]]
    assert names == ["expected", "seen", "messages", "octets"]
    assert all((tmp_path / each["source"]).stat().st_size for each in failed["attachments"])
    assert failed["statusDetails"]["trace"].startswith("again: hanlab bench run")


def test_an_agreed_failure_says_why(tmp_path: Path) -> None:
    messages = [
        each["statusDetails"]["message"]
        for each in written(tmp_path)
        if each["status"] == "skipped"
    ]

    assert any(each.startswith("agreed: agreed with Acme in March") for each in messages)


def test_labels_group_by_device_and_rule(tmp_path: Path) -> None:
    (first, *_) = written(tmp_path)

    labels = {each["name"]: each["value"] for each in first["labels"]}
    assert labels["suite"] in {"good", "acme-3000"}
    assert labels["feature"].startswith("GBCS")


def test_the_same_results_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        written(tmp_path / name)

    names = sorted(each.name for each in (tmp_path / "a").iterdir())
    assert names == sorted(each.name for each in (tmp_path / "b").iterdir())
    assert all(
        (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        for name in names
    )


def test_repeats_are_told_apart_and_share_their_history(tmp_path: Path) -> None:
    found = written(tmp_path)

    assert len({each["uuid"] for each in found}) == len(found)
    assert len({each["historyId"] for each in found}) == len(found)


def test_without_the_extra_it_says_which_one_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "allure_commons", None)

    with pytest.raises(EnvironmentFault, match="extra allure"):
        written(tmp_path)


def test_a_folder_that_is_a_file_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(EnvironmentFault, match="file"):
        written(tmp_path / "file")
