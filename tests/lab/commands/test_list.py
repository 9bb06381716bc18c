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


def test_no_use_cases_are_claimed(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(listed(capsys, "usecases", "--json")) == []
