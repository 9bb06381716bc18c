"""The laboratory of a test, and scenario files in it."""

from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import Verdict
from emulator.lab.steps.unmet import StepFailed
from emulator.testing.plugin.laboratory import make_lab, run_file
from emulator.testing.plugin.options import LabChoice
from emulator.testing.scenes.scenarios import write_scenario


def test_a_scenario_file_brings_its_shipment() -> None:
    lab = make_lab(LabChoice(scenario="commissioning/electricity_only"))

    assert lab.kinds() == ("CHF", "ESME")


def test_an_installed_shipment_is_taken_by_its_name_where_no_file_is_called_so(
    tmp_path: Path,
) -> None:
    uept = make_lab(LabChoice(shipment=tmp_path / "uept-smets2"))

    assert uept.kinds() == ("CHF", "ESME", "GSME")
    with pytest.raises(UsageError, match=r"none\.csv"):
        make_lab(LabChoice(shipment=tmp_path / "none.csv"))


def test_a_scenario_lies_beside_its_test(tmp_path: Path) -> None:
    write_scenario(tmp_path, "lab.step('ours').expect(lambda: False, 'it is not')", name="a.py")
    lab = make_lab(LabChoice())

    with pytest.raises(StepFailed, match="ours: fail, it is not"):
        run_file(lab, "a.py", tmp_path)

    assert lab.steps[-1].verdict is Verdict.FAIL


def test_no_scenario_and_an_unknown_one_are_refused(tmp_path: Path) -> None:
    lab = make_lab(LabChoice())

    with pytest.raises(UsageError, match="name a scenario"):
        run_file(lab, "", tmp_path)
    with pytest.raises(UsageError, match="no scenario named"):
        run_file(lab, "nights/none", tmp_path)
