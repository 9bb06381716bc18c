"""The traces and the example limits that come with hanlab, for its scenarios."""

from pathlib import Path
from typing import Final

from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.rf_noise.traces.reading import read_traces
from emulator.rf_noise.traces.trace import Trace

FOLDER: Final = INSTALLED / "rf_noise"
EXAMPLE_LIMITS: Final = FOLDER / "EXAMPLE-NOT-ICHIS.toml"
"""Made-up limits; no verdict of theirs says anything about any device."""


def shipped_path(name: str) -> Path:
    """Where a shipped trace is."""
    return FOLDER / "spectra" / name


def shipped_trace(name: str) -> Trace:
    """The first trace of a shipped file."""
    return read_traces(shipped_path(name))[0]
