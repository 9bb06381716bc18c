"""Measures everything and writes the figures: `python -m tests.bench.run build/bench.json`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import tests.bench.block
import tests.bench.campaign_page
import tests.bench.cases_rate
import tests.bench.dongle
import tests.bench.frames
import tests.bench.gbcs
import tests.bench.installation
import tests.bench.inventory
import tests.bench.metering
import tests.bench.radio
import tests.bench.replay
import tests.bench.rf_noise
import tests.bench.scenario
import tests.bench.scheduler
import tests.bench.serving
import tests.bench.sniffer
import tests.bench.start_up
from tests.bench.figures import Figure, write_json

MEASUREMENTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "scheduler": tests.bench.scheduler.measure,
    "frames": tests.bench.frames.measure,
    "radio": tests.bench.radio.measure,
    "gbcs": tests.bench.gbcs.measure,
    "replay": tests.bench.replay.measure,
    "cases": tests.bench.cases_rate.measure,
    "inventory": tests.bench.inventory.measure,
    "metering": tests.bench.metering.measure,
    "scenario": tests.bench.scenario.measure,
    "installation": tests.bench.installation.measure,
    "block": tests.bench.block.measure,
    "rf_noise": tests.bench.rf_noise.measure,
    "campaign_page": tests.bench.campaign_page.measure,
    "dongle": tests.bench.dongle.measure,
    "sniffer": tests.bench.sniffer.measure,
    "serving": tests.bench.serving.measure,
    "start_up": tests.bench.start_up.measure,
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
