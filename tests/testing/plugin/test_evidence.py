"""The files of a failure."""

import json
from pathlib import Path

import pytest

from emulator.lab.lab import Lab
from emulator.testing.plugin.evidence import keep_files


def test_they_are_those_of_a_run(
    request: pytest.FixtureRequest, lab: Lab, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lab.step("a step").done()

    told = keep_files(request.node, lab, tmp_path_factory).splitlines()

    names = {Path(line).name for line in told}
    assert {"report.html", "report.json", "han.pcapng", "trace.jsonl"} <= names
    report = next(Path(line) for line in told if line.endswith("report.json"))
    assert json.loads(report.read_text())["scenario"] == request.node.nodeid


def test_a_folder_that_cannot_be_written_is_told(
    request: pytest.FixtureRequest, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(request.config.option, "hanlab_out", str(tmp_path / "file"))
    factory = request.getfixturevalue("tmp_path_factory")

    assert keep_files(request.node, lab, factory).startswith("not written: ")
