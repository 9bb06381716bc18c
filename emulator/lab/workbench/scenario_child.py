"""A scenario in a process of its own, which tells what happens in events on its standard output.

The home that is served goes on beside it, undisturbed; that of the scenario has a clock of its own.
"""

import json
import os
import sys
import time
from contextlib import redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.units import Instant
from emulator.lab.kept.result import RunResult
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions, LaboratoryKind
from emulator.lab.report.chart_data import pack_chart
from emulator.lab.runs.emulated import emulated
from emulator.lab.runs.run import perform
from emulator.lab.runs.run_inputs import RunRequest, check_inputs
from emulator.lab.shipments.shipment import Shipment
from emulator.lab.workbench.home_watch import Premises, premises_of
from emulator.lab.workbench.live_chart import LiveChart
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.run_orders import ScenarioOrder, shipment_path

_LESS_URGENT = 10
_STATUS_OF_USAGE, _STATUS_OF_FAULT = 2, 3
_BETWEEN = 0.2
"""Seconds from one look to the next."""
_ROWS = 250
"""Frames in one event."""
_ALL = 1_000_000


class RunTeller:
    """Tells of a laboratory while a scenario goes on in it.

    Args:
        lab: in which it does.
        pages: make pieces of pages.
        out: takes the events.
    """

    def __init__(self, lab: Lab, pages: Pages, out: TextIO) -> None:
        self._lab = lab
        self._pages = pages
        self._out = out
        self._chart = LiveChart(lab.world, _ALL)
        self._steps = 0
        self._premises: tuple[Premises, ...] = ()
        self._last = 0.0

    def progress(self, doing: str, now: Instant) -> None:
        """Tell what is new, if it was not told just before."""
        wall = time.monotonic()
        if wall - self._last >= _BETWEEN:
            self._last = wall
            self._event("progress", html=self._pages.piece("doing.html.j2", doing=doing, now=now))
            self.tell()

    def end(self, result: RunResult) -> None:
        """Tell the rest, and what the run came to."""
        self.tell()
        self._event("progress", html=self._pages.piece("came_to.html.j2", result=result))

    def tell(self) -> None:
        """Tell everything that is new."""
        premises = premises_of(self._lab.device_rows())
        if premises != self._premises:
            self._premises = premises
            text = "".join(map(self._pages.premises, premises))
            self._event("premises", html=text)
        for step in self._lab.steps[self._steps :]:
            mark = [step.name, step.start, step.end, step.verdict.value]
            self._event("step", html=self._pages.piece("step.html.j2", step=step), step=mark)
        self._steps = len(self._lab.steps)
        names = [row.name for home in premises for row in home.devices]
        while rows := self._chart.take(_ROWS).rows:
            self._event("rows", **pack_chart(rows, names))

    def _event(self, kind: str, **data: object) -> None:
        text = json.dumps(data, separators=(",", ":"))
        self._out.write(f"{kind} {text}\n")
        self._out.flush()


def run(order: ScenarioOrder, folder: Path, out: TextIO) -> int:
    """Run a scenario and tell of it; the exit status.

    Raises:
        LabError: when it cannot be run.
    """
    tellers: list[RunTeller] = []
    pages = Pages()

    def make(shipment: Shipment, options: LabOptions) -> Lab:
        lab = emulated(shipment, options)
        tellers.append(RunTeller(lab, pages, out))
        return lab

    def show(doing: str, now: Instant) -> None:
        for each in tellers:
            each.progress(doing, now)

    request = RunRequest(
        scenario=order.name,
        devices=shipment_path(order.shipment) if order.shipment else None,
        seed=order.seed,
        assignments=order.settings,
        out=folder,
    )
    kind = LaboratoryKind(make, ROOMS)
    end = perform(check_inputs(request, kind), kind, show)
    for each in tellers:
        each.end(end.result)
    return end.status


def arguments(order: ScenarioOrder, folder: Path) -> tuple[str, ...]:
    """The command that starts this module for an order."""
    text = json.dumps(asdict(order) | {"folder": str(folder)})
    return (sys.executable, "-m", "emulator.lab.workbench.scenario_child", text)


def main() -> None:
    """Run the scenario of the first argument."""
    told = json.loads(sys.argv[1])
    order = ScenarioOrder(told["name"], told["shipment"], told["seed"], tuple(told["settings"]))
    os.nice(_LESS_URGENT)
    out = sys.stdout
    try:
        with redirect_stdout(sys.stderr):
            status = run(order, Path(told["folder"]), out)
    except LabError as fault:
        sys.stderr.write(f"{fault}\n")
        status = _STATUS_OF_USAGE if isinstance(fault, UsageError) else _STATUS_OF_FAULT
    sys.exit(status)


if __name__ == "__main__":
    main()
