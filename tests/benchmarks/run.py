"""Measures everything and writes the figures: `python -m tests.benchmarks.run build/bench.json`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import tests.benchmarks.block
import tests.benchmarks.campaign_page
import tests.benchmarks.cases_rate
import tests.benchmarks.dongle
import tests.benchmarks.frames
import tests.benchmarks.gbcs
import tests.benchmarks.installation
import tests.benchmarks.inventory
import tests.benchmarks.metering
import tests.benchmarks.radio
import tests.benchmarks.replay
import tests.benchmarks.rf_noise
import tests.benchmarks.scenario
import tests.benchmarks.scheduler
import tests.benchmarks.serving
import tests.benchmarks.sniffer
import tests.benchmarks.start_up
from tests.benchmarks.figures import Figure, write_json

MEASUREMENTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "scheduler": tests.benchmarks.scheduler.measure,
    "frames": tests.benchmarks.frames.measure,
    "radio": tests.benchmarks.radio.measure,
    "gbcs": tests.benchmarks.gbcs.measure,
    "replay": tests.benchmarks.replay.measure,
    "cases": tests.benchmarks.cases_rate.measure,
    "inventory": tests.benchmarks.inventory.measure,
    "metering": tests.benchmarks.metering.measure,
    "scenario": tests.benchmarks.scenario.measure,
    "installation": tests.benchmarks.installation.measure,
    "block": tests.benchmarks.block.measure,
    "rf_noise": tests.benchmarks.rf_noise.measure,
    "campaign_page": tests.benchmarks.campaign_page.measure,
    "dongle": tests.benchmarks.dongle.measure,
    "sniffer": tests.benchmarks.sniffer.measure,
    "serving": tests.benchmarks.serving.measure,
    "start_up": tests.benchmarks.start_up.measure,
}


def main(target: str, *wanted: str) -> int:
    """Measure what is wanted, all of it by default; 1 when a target is missed."""
    _stay_on_one_core()
    figures: list[Figure] = []
    for name in wanted or MEASUREMENTS:
        for figure in MEASUREMENTS[name]():
            figures.append(figure)
            sys.stdout.write(_line(figure) + "\n")
    write_json(figures, Path(target))
    return int(any(figure.met is False for figure in figures))


def _stay_on_one_core() -> None:
    """Let both sides of a comparison, also in processes of their own, run on the same core."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _line(figure: Figure) -> str:
    verdict = {True: "met", False: "MISSED", None: "not measured"}[figure.met]
    sign = {"higher": ">=", "lower": "<="}[figure.better]
    shown = "-" if figure.figure is None else f"{figure.figure:g} {figure.unit}"
    bound = f"{sign} {figure.target:g} {figure.unit}"
    return f"{verdict:12} {figure.name}: {shown} ({bound}); {figure.detail}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
