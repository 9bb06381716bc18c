import json
from pathlib import Path

import pytest

from emulator.lab.cli import main

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv"


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(["send", *words])
    return end.value.code


def test_use_case_is_sent_to_a_fresh_home(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("ECS39a", "--to", "ESME", "import_mpan=1200012345688", "--devices", str(SHIPMENT))

    assert status(*words, "--json") == 0

    assert json.loads(capsys.readouterr().out)["outcome"] == "I0, carried out"


def test_every_mistake_is_told_with_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("ECS39a", "--to", "ESME", "mpan=1", "--role", "king", "--devices", str(SHIPMENT))

    assert status(*words) == 2

    told = capsys.readouterr().err
    for each in ("mpan is unknown", "import_mpan is missing", "'king'", "for example: hanlab send"):
        assert each in told


def test_device_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("ECS39a") == 2

    assert "--to ESME" in capsys.readouterr().err


def test_values_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("ECS39a", "--help-values") == 0

    assert "import_mpan" in capsys.readouterr().out


def test_records_of_ones_own_are_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = {"code": "0ABC", "title": "Ring the bell", "category": "SME.C.NC", "evidence": "name"}
    (tmp_path / "own.jsonl").write_text(json.dumps(record))

    assert status("0ABC", "--help-values", "--use-cases", str(tmp_path)) == 2

    assert "no command can be made of 0ABC Ring the bell" in capsys.readouterr().err
