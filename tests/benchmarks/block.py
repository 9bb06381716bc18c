"""A block of 24 flats on one air, commissioned through one DCC: how much faster than real time."""

import json
import os
import sys
from collections.abc import Iterator
from subprocess import run
from typing import Any

from tests.benchmarks.figures import Figure

COMMAND = (sys.executable, "-m", "tests.benchmarks.block_once")
TARGET = 20.0
"""Seconds of virtual time in one of wall clock, on one core."""


def measure() -> Iterator[Figure]:
    """The slower of two runs, which must be alike to the last octet of their traces."""
    first, second = (_once(seed) for seed in ("1", "2"))
    slower = min(first, second, key=_times)
    yield Figure(
        name="block of 24 flats commissioned: times real time",
        figure=round(_times(slower), 1),
        unit="x",
        target=TARGET,
        better="higher",
        detail=f"{slower['homes']} homes, {slower['hans']} HANs, {slower['devices']} devices, "
        f"{slower['frames']} frames, {slower['virtual']:.0f} s of virtual time in "
        f"{slower['wall']:.0f} s",
    )
    yield Figure(
        name="block of 24 flats: runs that end in another trace",
        figure=float(len({each["digest"] for each in (first, second)}) - 1),
        unit="",
        target=0.0,
        better="lower",
        detail=f"two processes, PYTHONHASHSEED 1 and 2, trace {first['digest'][:16]}",
    )


def _once(hash_seed: str) -> dict[str, Any]:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = run(COMMAND, env=environment, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _times(taken: dict[str, Any]) -> float:
    return float(taken["virtual"]) / float(taken["wall"])
