import json

import pytest

from emulator.lab.cli import main


def test_this_installation_is_examined_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["doctor", "--json"])

    findings = json.loads(capsys.readouterr().out)
    broken = [finding for finding in findings if finding["state"] == "broken"]
    assert end.value.code == (3 if broken else 0)
    assert {"hanlab", "python", "accelerator", "tshark"} <= {each["name"] for each in findings}
