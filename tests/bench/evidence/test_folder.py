"""The folder of a campaign, read again."""

import json
from pathlib import Path

import pytest

from emulator.bench.evidence import folder as folder_module
from emulator.bench.evidence.folder import read_folder
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_results import campaign_run

LATER = json.dumps({"campaign": "x", "results_sha256": "", "schema_version": 9})


@pytest.fixture
def results(tmp_path: Path) -> Path:
    campaign_run(tmp_path)
    return tmp_path / "results"


def test_document_results_and_captures_are_read(results: Path) -> None:
    (results / "hub").mkdir()
    (results / "hub" / "han.pcapng").write_bytes(b"1")
    (results / "link.pcapng").symlink_to(results / "hub" / "han.pcapng")
    (results / "notes.txt").write_text("private")

    found = read_folder(results)

    assert len(found.results) == 12
    assert found.captures == {"hub/han.pcapng": b"1"}


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no report\.json, no results\.jsonl, no campaign\.toml"):
        read_folder(tmp_path)


def test_results_that_were_changed_are_refused(results: Path) -> None:
    text = (results / "results.jsonl").read_text()
    (results / "results.jsonl").write_text(text.replace('"verdict":"fail"', '"verdict":"pass"'))

    with pytest.raises(UsageError, match=r"is not what report\.json was written from"):
        read_folder(results)


@pytest.mark.parametrize(
    ("name", "value"), [("verdict", "pass"), ("counts", {"pass": 12}), ("cases", [])]
)
def test_a_report_that_was_changed_is_refused(results: Path, name: str, value: object) -> None:
    document = json.loads((results / "report.json").read_text())
    (results / "report.json").write_text(json.dumps(document | {name: value}))

    with pytest.raises(UsageError, match=rf"{name} in report\.json is not that of results\.jsonl"):
        read_folder(results)


@pytest.mark.parametrize("text", ["{", "[]", "{}", LATER])
def test_a_report_that_is_none_is_refused(results: Path, text: str) -> None:
    (results / "report.json").write_text(text)

    with pytest.raises(UsageError, match=r"report\.json"):
        read_folder(results)


def test_a_capture_that_is_too_long_is_refused(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "MOST_CAPTURED", 3)
    (results / "han.pcapng").write_bytes(b"1234")

    with pytest.raises(UsageError, match="at most 3 octets"):
        read_folder(results)
