"""Runs that were started from a page: each a process of its own, with a feed and a folder.

What a process tells is read by a thread as fast as it comes and stands in a bounded feed, so that a
run never waits for anybody who watches, nor the served home for a run.
"""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.workbench.feed import Feed
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.result_lines import ResultLines
from emulator.lab.workbench.run_orders import CampaignOrder, ScenarioOrder, shipment_path
from emulator.lab.workbench.scenario_child import arguments

AT_ONCE: Final = 2
"""Runs that go on at the same time."""
_REMEMBERED: Final = 100
_VERDICTS: Final = {
    0: "pass",
    1: "fail",
    2: "refused",
    4: "inconclusive",
    130: "stopped",
    -signal.SIGINT: "stopped",
}
"""By the exit status of `hanlab`; below zero is a signal that came before it was listened for."""
_STATE_KINDS: Final = ("premises", "progress")
_GRACE: Final = 10.0


@dataclass(slots=True)
class Run:
    """One run.

    Args:
        number: by which pages call it.
        kind: `scenario` or `campaign`.
        title: for people.
        command: what does the same at a terminal.
        folder: where its files are.
        verdict: empty while it goes on.
    """

    number: int
    kind: str
    title: str
    command: str
    folder: Path
    process: "subprocess.Popen[str]"
    feed: Feed = field(default_factory=Feed)
    verdict: str = ""
    thread: threading.Thread | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The names of what it has written so far."""
        if not self.folder.is_dir():
            return ()
        found = (each for each in self.folder.iterdir() if each.is_file())
        return tuple(sorted(each.name for each in found if not each.name.startswith(".")))

    def file(self, name: str) -> Path | None:
        """A file that it has written; None where there is none of that name."""
        return self.folder / name if name in self.files else None


class RunShelf:
    """Starts runs, remembers them, and ends them.

    Args:
        folder: in which each run has a folder.
        pages: make pieces of pages.
    """

    def __init__(self, folder: Path, pages: Pages) -> None:
        self._folder = folder
        self._pages = pages
        self._runs: dict[int, Run] = {}
        self._last = 0

    @property
    def runs(self) -> tuple[Run, ...]:
        """Those that are remembered, the latest first."""
        return tuple(reversed(self._runs.values()))

    def find(self, number: int) -> Run | None:
        """The run of a number."""
        return self._runs.get(number)

    def scenario(self, order: ScenarioOrder) -> Run:
        """Start a scenario.

        Raises:
            UsageError: when as many go on as may.
            EnvironmentFault: when it cannot be started.
        """
        folder = self._next()
        words = ["hanlab", "run", order.name, "--seed", str(order.seed)]
        words += ["--devices", str(shipment_path(order.shipment))] if order.shipment else []
        words += [word for each in order.settings for word in ("--set", each)]
        run = self._start("scenario", order.name, folder, arguments(order, folder), words)
        return self._read(run, lambda: None)

    def campaign(self, order: CampaignOrder) -> Run:
        """Start a campaign; raises as `scenario` does."""
        folder = self._next()
        file = folder.parent / f"{folder.name}.toml"
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(order.document(str(USUAL_HOME)), "utf-8")
        except OSError as fault:
            raise EnvironmentFault(f"{file}: {fault.strerror}") from fault
        words = ["hanlab", "bench", "run", str(file), "--out", str(folder)]
        main = "import os; os.nice(10); from emulator.lab.cli import main; main()"
        command = (sys.executable, "-c", main, *words[1:])
        title = " ".join((order.kind, *order.use_cases, order.defect)).strip()
        run = self._start("campaign", title, folder, command, words)
        lines = ResultLines(folder, run.feed, self._pages)
        return self._read(run, lines.look)

    def stop(self, run: Run) -> None:
        """End a run as Ctrl-C does; its files are written."""
        if not run.verdict:
            run.process.send_signal(signal.SIGINT)

    def close(self) -> None:
        """End every run."""
        for run in self._runs.values():
            self.stop(run)
        for run in self._runs.values():
            if run.thread is not None:
                run.thread.join(_GRACE)
            if not run.verdict:
                run.process.kill()

    def _next(self) -> Path:
        going_on = sum(not run.verdict for run in self._runs.values())
        if going_on >= AT_ONCE:
            raise UsageError(f"{going_on} runs go on already: stop one, or wait for its end")
        self._last += 1
        while (self._folder / str(self._last)).exists():
            self._last += 1
        return self._folder / str(self._last)

    def _start(
        self, kind: str, title: str, folder: Path, command: Sequence[str], words: Sequence[str]
    ) -> Run:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program with checked words
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="backslashreplace",
                start_new_session=True,  # Ctrl-C at the terminal is for the server, which ends all
            )
        except OSError as fault:
            raise EnvironmentFault(f"the run cannot be started: {fault.strerror}") from fault
        run = Run(int(folder.name), kind, title, " ".join(words), folder, process)
        self._runs[run.number] = run
        while len(self._runs) > _REMEMBERED:
            oldest = next(iter(self._runs))
            if not self._runs[oldest].verdict:
                break
            del self._runs[oldest]
        return run

    def _read(self, run: Run, look: Callable[[], None]) -> Run:
        run.thread = threading.Thread(target=self._follow, args=(run, look), daemon=True)
        run.thread.start()
        return run

    def _follow(self, run: Run, look: Callable[[], None]) -> None:
        """Read a run to its end; in a thread of its own."""
        beside = threading.Thread(target=self._complaints, args=(run,), daemon=True)
        beside.start()
        watcher = _Repeated(look)
        with run.process:
            for line in run.process.stdout or ():
                self._event(run, line)
            beside.join()
            status = run.process.wait()
        watcher.end()
        run.verdict = _VERDICTS.get(status, "error")
        run.feed.end()

    def _event(self, run: Run, line: str) -> None:
        """Take in what a scenario tells; what another program prints is shown as it is."""
        kind, _, data = line.rstrip("\n").partition(" ")
        if run.kind != "scenario":
            self._show_output(run, line)
        elif kind in _STATE_KINDS:
            run.feed.show(kind, data)
        else:
            run.feed.tell(kind, data)

    def _complaints(self, run: Run) -> None:
        for line in run.process.stderr or ():
            self._show_output(run, line)

    def _show_output(self, run: Run, line: str) -> None:
        if line.strip():
            text = self._pages.piece("output.html.j2", line=line.rstrip()[:2000])
            run.feed.tell("output", json.dumps({"html": text}))


class _Repeated:
    """Calls something again and again in a thread, and once more at the end."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        self._work()

    def _run(self) -> None:
        while not self._over.wait(0.3):
            self._work()
