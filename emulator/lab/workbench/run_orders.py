"""What can be run from a page: installed scenarios and campaigns against emulated devices.

Nothing here names a file or a program: somebody at a page chooses among what is installed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import names
from emulator.lab.inputs.scenario_files import (
    INSTALLED,
    SHIPMENTS,
    ScenarioFile,
    installed_names,
    read_scenario,
)

KINDS: Final = ("ESME", "GSME", "CHF", "GPF", "PPMID", "HCALCS", "SAPC")
"""Devices that a campaign can be about."""
REACHES: Final[Mapping[str, str]] = MappingProxyType(
    {"device": "straight to the device: quick", "han": "through hub and radio network"}
)
_SEED: Final = re.compile("[0-9]{1,9}")
_USE_CASE: Final = re.compile("[A-Za-z0-9.*-]{1,40}")
_MOST_USE_CASES: Final = 50
_SETTING: Final = re.compile(r"[^\x00-\x1f=]{1,100}=[^\x00-\x1f]{0,200}")
_MOST_SETTINGS: Final = 20


@dataclass(frozen=True, slots=True)
class ScenarioOrder:
    """A scenario to run.

    Args:
        name: of an installed one.
        shipment: name of an installed file; empty for what the scenario says.
        seed: what every random draw is keyed by.
        settings: as after `--set`.
    """

    name: str
    shipment: str
    seed: int
    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CampaignOrder:
    """A campaign to run.

    Args:
        kind: of the device.
        defect: in which it is broken on purpose; empty for none.
        reach: how messages come to it.
        use_cases: which; all where empty.
    """

    kind: str
    defect: str
    reach: str
    use_cases: tuple[str, ...]

    def document(self, shipment: str) -> str:
        """The campaign as its file says it."""
        lines = ['name = "from the workbench"', 'mode = "gfi"', f"reach = {json.dumps(self.reach)}"]
        lines += [f"shipment = {json.dumps(shipment)}", "", "[[devices]]", 'name = "device"']
        lines.append(f"kind = {json.dumps(self.kind)}")
        if self.defect:
            lines.append(f"defect = {json.dumps(self.defect)}")
        if self.use_cases:
            lines += ["", "[select]", f"use_cases = {json.dumps(self.use_cases)}"]
        return "\n".join(lines) + "\n"


@cache
def scenarios() -> tuple[ScenarioFile, ...]:
    """Every installed scenario that can be read."""
    found = []
    for name in installed_names():
        try:
            found.append(read_scenario(INSTALLED / f"{name}.py", name))
        except UsageError:
            continue
    return tuple(found)


@cache
def shipments() -> tuple[str, ...]:
    """The names of every installed shipment file."""
    return tuple(sorted(path.name for path in (INSTALLED / SHIPMENTS).glob("*.csv")))


def shipment_path(name: str) -> Path:
    """Where an installed shipment file is."""
    return INSTALLED / SHIPMENTS / name


def scenario_order(form: Mapping[str, str]) -> ScenarioOrder:
    """What a form asks for.

    Raises:
        UsageError: with everything that is wrong with it.
    """
    name, shipment = form.get("scenario", ""), form.get("shipment", "")
    seed = form.get("seed", "1").strip()
    settings = tuple(line.strip() for line in form.get("settings", "").splitlines() if line.strip())
    problems = []
    if name not in {each.name for each in scenarios()}:
        problems.append(f"no scenario is called {name!r}")
    if shipment and shipment not in shipments():
        problems.append(f"no shipment is called {shipment!r}")
    if _SEED.fullmatch(seed) is None:
        problems.append(f"seed {seed!r}: expected a number of at most nine digits")
    wrong = [each for each in settings if _SETTING.fullmatch(each) is None]
    problems += [f"setting {each!r}: expected NAME=VALUE" for each in wrong]
    if len(settings) > _MOST_SETTINGS:
        problems.append(f"{len(settings)} settings: expected at most {_MOST_SETTINGS}")
    if problems:
        raise UsageError(*problems)
    return ScenarioOrder(name, shipment, int(seed), settings)


def campaign_order(form: Mapping[str, str]) -> CampaignOrder:
    """What a form asks for.

    Raises:
        UsageError: with everything that is wrong with it.
    """
    kind, defect, reach = (form.get(name, "") for name in ("kind", "defect", "reach"))
    use_cases = tuple(form.get("use_cases", "").replace(",", " ").split())
    problems = []
    if kind not in KINDS:
        problems.append(f"device {kind!r}: expected one of {', '.join(KINDS)}")
    if defect and defect not in names("hanlab.defects"):
        problems.append(f"no defect is called {defect!r}")
    if reach not in REACHES:
        problems.append(f"reach {reach!r}: expected one of {', '.join(REACHES)}")
    problems += [
        f"use case {each!r}: expected a name or code like ECS17b or 0027"
        for each in use_cases
        if _USE_CASE.fullmatch(each) is None
    ]
    if len(use_cases) > _MOST_USE_CASES:
        problems.append(f"{len(use_cases)} use cases: expected at most {_MOST_USE_CASES}")
    if problems:
        raise UsageError(*problems)
    return CampaignOrder(kind, defect, reach, use_cases)
