"""How long `hanlab --help` takes."""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, run

from tests.benchmarks.figures import Figure, seconds_of

ROUNDS = 7


def measure() -> Iterator[Figure]:
    """Wall seconds, imports included."""
    program = str(Path(sys.executable).with_name("hanlab"))
    times = [
        seconds_of(lambda: run([program, "--help"], stdout=DEVNULL, check=True))
        for _ in range(ROUNDS)
    ]
    yield Figure(
        name="hanlab --help: wall time",
        figure=round(median(times), 3),
        unit="s",
        target=0.5,
        better="lower",
        detail=f"median of {ROUNDS}; {min(times):.2f} to {max(times):.2f}",
    )
