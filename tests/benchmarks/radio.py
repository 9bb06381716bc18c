"""Frames a second of six radios on one saturated channel, and what physics and noise cost."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from subprocess import run as run_program
from time import process_time

from tests.benchmarks.figures import Figure, median_ratio
from tests.benchmarks.radio_cell import Make, ideal, noisy, physical, run

VIRTUAL_SECONDS = 12.0
ROUNDS = 5
NS3_PYTHON = "HANLAB_NS3_PYTHON"
"""Environment variable: a Python whose environment has the wheel `ns3` 3.44.post0."""


def measure() -> Iterator[Figure]:
    """Frames a processor second by physics; noise beside none; ns-3 beside us where it is there."""
    yield _frames("ideal air", ideal)
    yield _frames("physical air", physical)
    cost, quiet, loud = median_ratio(lambda: _each(noisy), lambda: _each(physical), 2 * ROUNDS)
    yield Figure(
        name="six radios: noise, interference and fading, added processor time a frame",
        figure=round(100 * (1 / cost - 1), 1),
        unit="%",
        target=25,
        better="lower",
        detail=f"{2 * ROUNDS} rounds in turn, median: {1e6 * quiet:.1f} us a frame with them, "
        f"{1e6 * loud:.1f} us without",
    )
    yield _beside_ns3()


def _frames(name: str, make: Make) -> Figure:
    rates = [1 / _each(make) for _ in range(ROUNDS)]
    return Figure(
        name=f"six radios on one saturated channel, crypto on, {name}",
        figure=round(median(rates)),
        unit="frames/s",
        target=15_000,
        better="higher",
        detail=f"acknowledgements counted; median of {ROUNDS}; {min(rates):,.0f} to "
        f"{max(rates):,.0f}",
    )


def _each(make: Make) -> float:
    """Processor seconds a frame."""
    start = process_time()
    cell = run(make, VIRTUAL_SECONDS)
    took = process_time() - start
    assert cell.verified > cell.frames / 3, cell
    return took / cell.frames


def _beside_ns3() -> Figure:
    """Ours over ns-3's, the same frames counted; nothing where ns-3 is not there."""
    figure, detail = None, f"set {NS3_PYTHON} to a Python with the wheel ns3 3.44.post0"
    python = os.environ.get(NS3_PYTHON, "")
    if python:
        script = Path(__file__).with_name("radio_by_ns3.py")
        done = run_program([python, str(script)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            theirs = json.loads(done.stdout)
            ours = median(1 / _each(physical) for _ in range(ROUNDS))
            rate = theirs["frames"] / theirs["seconds"]
            figure = round(ours / rate, 2)
            told = f"{ours:,.0f}/s beside {rate:,.0f}/s of ns-3"
            detail = f"six radios each: {told}, which does not encrypt"
        else:
            detail = f"ns-3 did not run: {done.stderr.strip().splitlines()[-1:]}"
    return Figure(
        name="frames a second, ratio to ns-3 lr-wpan",
        figure=figure,
        unit="x",
        target=0.3,
        better="higher",
        detail=detail,
    )


if __name__ == "__main__":
    for each in measure():
        sys.stdout.write(f"{each}\n")
