"""The laboratory of one test, and scenario files in it."""

from pathlib import Path

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.inputs.scenario_files import (
    INSTALLED,
    SHIPMENTS,
    USUAL_HOME,
    ScenarioFile,
    find_scenario,
    load_scenario,
)
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import Shipment, read_shipment
from emulator.testing.plugin.options import LabChoice


def make_lab(choice: LabChoice) -> Lab:
    """A laboratory as a test chose it.

    Raises:
        UsageError: with every mistake of shipment and settings.
    """
    path = choice.shipment
    if path is None and choice.scenario:
        path = find_scenario(choice.scenario).shipment_path()
    shipment = shipment_of(path)
    overrides = parse_overrides(choice.settings, ROOMS, shipment)
    return Lab(shipment, LabOptions(seed=choice.seed, overrides=overrides, name="test"))


def shipment_of(path: Path | None) -> Shipment:
    """The shipment of a file, or an installed one by its name: `uept-smets2`, `one-meter`.

    Raises:
        UsageError: with every mistake of the file.
    """
    if path is None:
        return read_shipment(USUAL_HOME)
    installed = INSTALLED / SHIPMENTS / f"{path.name.removesuffix('.csv')}.csv"
    return read_shipment(installed if installed.is_file() and not path.exists() else path)


def run_file(lab: Lab, text: str, beside: Path) -> None:
    """Run a scenario in a laboratory.

    Args:
        lab: where.
        text: path, looked for beside the test first, or the name of an installed scenario.
        beside: the folder of the test.

    Raises:
        UsageError: when there is no such scenario, or it refuses the shipment.
        StepFailed: when a step does not come to what it must.
    """
    if not text:
        raise UsageError("run_scenario: name a scenario, there or in the marker lab(scenario=)")
    load_scenario(_found(text, beside))(lab)


def _found(text: str, beside: Path) -> ScenarioFile:
    near = beside / text
    return find_scenario(str(near) if near.is_file() else text)
