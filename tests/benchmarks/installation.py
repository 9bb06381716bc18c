"""The installation of a dual-fuel home through the DCC: what it takes of us and of the air."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from statistics import median
from subprocess import run

from tests.benchmarks.figures import Figure

ROUNDS = 5


def measure() -> Iterator[Figure]:
    """Seconds with and without the accelerator, the radio time beside them, and the imports."""
    accelerated = _rounds({})
    plain = _rounds({"HANLAB_ACCELERATOR": "off"})
    yield _seconds("dual-fuel installation: wall time", accelerated, "wall", 3.0)
    yield _seconds("dual-fuel installation: processor time", accelerated, "processor", 3.0)
    yield _seconds("dual-fuel installation without the accelerator", plain, "processor", 6.0)
    yield _seconds("dual-fuel installation: imports before it", accelerated, "imports", 1.5)


def _rounds(variables: Mapping[str, str]) -> list[dict[str, float]]:
    command = [sys.executable, "-m", "tests.benchmarks.installation_once"]
    environment = os.environ | variables
    return [
        json.loads(run(command, env=environment, capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]


def _seconds(name: str, rounds: list[dict[str, float]], what: str, target: float) -> Figure:
    times = [each[what] for each in rounds]
    last = rounds[-1]
    return Figure(
        name=name,
        figure=round(median(times), 3),
        unit="s",
        target=target,
        better="lower",
        detail=f"median of {ROUNDS}; {min(times):.2f} to {max(times):.2f}; {last['frames']} frames,"
        f" {last['radio']:.2f} s on the air, {last['virtual']:.0f} s of virtual time",
    )
