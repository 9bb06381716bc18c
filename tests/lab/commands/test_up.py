from io import StringIO
from pathlib import Path

import pytest

from emulator.lab.cli import main

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv"


def test_lines_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("wait 1 s\nfly\n"))

    with pytest.raises(SystemExit) as end:
        main(["up", "--devices", str(SHIPMENT)])

    told = capsys.readouterr().out
    assert end.value.code == 2
    assert "1 s passed" in told
    assert "no command is called 'fly'" in told
