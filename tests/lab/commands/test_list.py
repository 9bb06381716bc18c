import json

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
