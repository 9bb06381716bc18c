import json
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.displays.display_command import DisplayChoice, display_command
from emulator.metering.demand.profile import Fill

SHIPMENTS = Path(__file__).parents[2] / "data" / "shipments"


def choice(tmp_path: Path, **changed: object) -> DisplayChoice:
    lines = (SHIPMENTS / "dual-fuel.csv").read_text().splitlines()
    shipment = tmp_path / "home.csv"
    shipment.write_text("\n".join(each for each in lines if _wanted(each)) + "\n")
    told: dict[str, object] = {
        "only": "",
        "devices": shipment,
        "loads": ("household",),
        "zone": None,
        "fill": Fill.NONE,
        "after": "10 min",
        "assignments": (),
        "seed": 1,
        "state": None,
    }
    return DisplayChoice(**(told | changed))  # type: ignore[arg-type] # of a record's own fields


def _wanted(line: str) -> bool:
    return not any(f",{kind}," in f",{line}," for kind in ("GSME", "PPMID", "HCALCS", "IHD"))


def test_program_is_told_what_a_cad_hands_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert display_command(choice(tmp_path), as_json=True) == 0

    told = json.loads(capsys.readouterr().out)
    (cad,) = told["displays"]
    electricity = next(each for each in cad["supplies"] if each["fuel"] == "electricity")
    assert (cad["type"], electricity["display"]) == ("CAD", "CAD")
    assert electricity["power"] > 0


def test_what_cannot_be_is_refused_before_anything_happens(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="soon"):
        display_command(choice(tmp_path, after="soon"), as_json=False)
    with pytest.raises(UsageError, match="IHD: no display of that name: expected CAD"):
        display_command(choice(tmp_path, only="IHD"), as_json=False)


def test_home_without_a_display_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no display in the shipment"):
        display_command(choice(tmp_path, devices=SHIPMENTS / "one-meter.csv"), as_json=False)
