"""The files of a failed test: report, trace, capture and keys, as a run writes them."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from emulator.kernel.errors import LabError
from emulator.lab.inputs.scenario_files import ScenarioFile
from emulator.lab.kept.output_directory import OutputDirectory
from emulator.lab.lab import Lab
from emulator.lab.runs.run import report_on
from emulator.lab.runs.run_inputs import RunInputs

_LONGEST: Final = 60


def keep_files(item: pytest.Item, lab: Lab, folders: pytest.TempPathFactory) -> str:
    """Write the files of a laboratory as it stands; what was written, one path a line."""
    try:
        folder = _folder(item, folders)
        end = report_on(_inputs(item, lab, folder), lab, 0.0)
    except (LabError, OSError) as fault:
        return f"not written: {fault}"
    return "\n".join(str(path) for path in sorted(end.files.values()))


def _folder(item: pytest.Item, folders: pytest.TempPathFactory) -> Path:
    asked = item.config.getoption("--hanlab-out")
    if not asked:
        return folders.mktemp(f"hanlab-{_plain(item.name)}", numbered=True)
    # Two tests may differ only in what a file name cannot hold.
    told = sha256(item.nodeid.encode()).hexdigest()[:8]
    return item.config.invocation_params.dir / str(asked) / f"{_plain(item.name)}-{told}"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", name)[:_LONGEST]


def _inputs(item: pytest.Item, lab: Lab, folder: Path) -> RunInputs:
    told = ScenarioFile(name=item.nodeid, path=item.path, title=f"Failed: {item.nodeid}", sha256="")
    return RunInputs(
        scenario=told,
        run=_nothing,
        shipment=lab.shipment,
        options=lab.options,
        out=OutputDirectory(folder, force=True),
    )


def _nothing(_lab: object) -> None:
    """What is left of a scenario that was a test."""
