import json
from pathlib import Path

import pytest

from emulator.lab.cli import main


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["list", *words])
    assert end.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("kind", ["scenarios", "devices", "usecases", "radios"])
def test_every_listing_is_one_json_document(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(json.loads(listed(capsys, kind, "--json")), list)


def test_all_240_message_codes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(listed(capsys, "usecases", "--json"))

    assert len({row["code"] for row in rows}) == 240


def test_use_cases_of_one_device_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(listed(capsys, "usecases", "--json", "--device", "GSME"))

    assert rows
    assert all("GSME" in row["devices"] for row in rows)


def test_records_are_lines_to_copy(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys, "usecases", "--records", "--device", "PPMID").splitlines()

    assert json.loads(lines[0])["code"] == "0008"


def test_records_are_of_use_cases_alone() -> None:
    for words in (["scenarios", "--records"], ["usecases", "--records", "--json"]):
        with pytest.raises(SystemExit) as end:
            main(["list", *words])
        assert end.value.code == 2


def test_own_records_join_the_use_cases_and_no_other_listing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = {"code": "0ABC", "title": "Ring", "category": "SME.C.NC", "evidence": "name"}
    (tmp_path / "own.jsonl").write_text(json.dumps(record))

    rows = json.loads(listed(capsys, "usecases", "--json", "--use-cases", str(tmp_path)))
    monkeypatch.setenv("HANLAB_USE_CASES", str(tmp_path / "missing"))
    listed(capsys, "scenarios")

    assert len(rows) == 241
    assert "0ABC" in {row["code"] for row in rows}
