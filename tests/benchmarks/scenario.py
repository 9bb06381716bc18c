"""Processor time and memory of the main job: six devices join and agree their link keys."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from subprocess import run
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure

ROUNDS = 5


def measure() -> Iterator[Figure]:
    """Processor seconds with and without the accelerator, and the most memory."""
    yield _processor_seconds("with the accelerator", 0.5, {})
    yield _processor_seconds("without the accelerator", 2.5, {"HANLAB_ACCELERATOR": "off"})
    yield Figure(
        name="dual-fuel run with its report: peak memory",
        figure=round(_peak_mebibytes(), 1),
        unit="MiB",
        target=150,
        better="lower",
        detail="resident, the whole process",
    )


def _processor_seconds(name: str, target: float, variables: dict[str, str]) -> Figure:
    times = [
        float(
            run(
                [sys.executable, "-m", "tests.benchmarks.scenario_once"],
                env=os.environ | variables,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for _ in range(ROUNDS)
    ]
    return Figure(
        name=f"dual-fuel scenario {name}: processor time",
        figure=round(median(times), 3),
        unit="s",
        target=target,
        better="lower",
        detail=f"median of {ROUNDS}; {min(times):.2f} to {max(times):.2f}",
    )


def _peak_mebibytes() -> float:
    program = str(Path(sys.executable).with_name("hanlab"))
    with TemporaryDirectory() as folder:
        words = ["run", "commissioning/join_every_device", "--out", f"{folder}/out"]
        measured = [sys.executable, "-m", "tests.benchmarks.peak_once", program, *words]
        return float(run(measured, capture_output=True, text=True, check=True).stdout)
