"""Checks for tests, made of traces without files."""

from pathlib import Path
from typing import Any

from emulator.lab.kept.output_directory import OutputDirectory
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.device_under_test import Dut, Setup
from emulator.rf_noise.inputs import CheckInputs
from emulator.rf_noise.settings import RfNoiseSettings
from emulator.rf_noise.traces.corrections import Corrections
from emulator.rf_noise.traces.trace import Trace


def check_of(*traces: Trace, **others: Any) -> CheckInputs:
    """A check of traces, usual but for what is told."""
    usual: dict[str, Any] = {
        "corrections": Corrections(),
        "limits": None,
        "setup": Setup(Dut.ESME),
        "gate": Gate(),
        "settings": RfNoiseSettings(),
        "changed": {},
        "seed": 1,
        "files": (),
        "out": OutputDirectory(Path("nowhere")),
    }
    return CheckInputs(traces=traces, **{**usual, **others})
