"""`hanlab radio commission` on the command line."""

from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.radios.commission_command import commission_command
from emulator.lab.radios.commissioning import CommissionRequest

METERS = Path(__file__).parents[2] / "data" / "shipments" / "two-meters.csv"


def test_mistakes_are_told_and_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="expected zigpy:PORT"):
        commission_command(CommissionRequest(dongle="zigpy", devices=METERS), as_json=True)

    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_a_port_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = CommissionRequest(dongle=f"zigpy:{tmp_path / 'nothing'}", devices=METERS)

    with pytest.raises(EnvironmentFault, match="nothing"):
        commission_command(request, as_json=False)

    assert "cannot: 2.4 GHz only" in capsys.readouterr().out
