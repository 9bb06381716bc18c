"""Slices of a campaign in several processes: each result is handed in as soon as it is there.

A process that dies takes no more with it than the case that it was at; that one is an error, and
the rest of its slice goes to another process.
"""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from queue import Empty
from typing import Any, Final

from emulator.bench.campaigns.campaign import Campaign, Planned
from emulator.bench.campaigns.case_story import untested
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.campaigns.slices import run_slice, slices
from emulator.bench.cases.own_records import own_records
from emulator.bench.running.judgement import Judged
from emulator.kernel.collector import search_seldom
from emulator.lab.kept.result import Verdict

_LEAST: Final = 100
"""Cases for which it pays to begin another process."""
_LOOK: Final = 0.5
"""Seconds after which it is looked whether a process died."""
_OVER: Final = None
"""What a process hands in when it is through."""


@dataclass(slots=True)
class _Worker:
    """One process, and what it still has to hand in."""

    process: BaseProcess
    left: list[Planned]


@dataclass(slots=True)
class Workers:
    """The processes of one run.

    Args:
        campaign: what is run.
        waiting: slices that no process has.
        jobs: how many processes there may be.
    """

    campaign: Campaign
    waiting: list[tuple[Planned, ...]]
    jobs: int
    _busy: dict[int, _Worker] = field(default_factory=dict)
    _started: int = 0

    def results(self) -> Iterator[CaseResult]:
        """The results of all slices, as they come."""
        context = get_context("spawn")
        handed: Any = context.Queue()
        try:
            while self.waiting or self._busy:
                self._start(context, handed)
                try:
                    who, result = handed.get(timeout=_LOOK)
                except Empty:
                    yield from self._bury()
                    continue
                yield from self._take(who, result)
        finally:
            for worker in self._busy.values():
                worker.process.terminate()
                worker.process.join()

    def _start(self, context: Any, handed: Any) -> None:
        while self.waiting and len(self._busy) < self.jobs:
            part, self._started = self.waiting.pop(0), self._started + 1
            process = context.Process(
                target=work, args=(self._started, self.campaign, part, handed), daemon=True
            )
            with _interrupts_held():
                process.start()
            self._busy[self._started] = _Worker(process, list(part))

    def _take(self, who: int, result: CaseResult | None) -> Iterator[CaseResult]:
        if result is _OVER:
            self._busy.pop(who).process.join()
            return
        self._busy[who].left.pop(0)
        yield result

    def _bury(self) -> Iterator[CaseResult]:
        """What becomes of the cases of processes that died."""
        for who in [each for each, one in self._busy.items() if not one.process.is_alive()]:
            worker = self._busy.pop(who)
            if not worker.left:
                continue
            first, *others = worker.left
            status = worker.process.exitcode
            yield untested(self.campaign, first, _died(status))
            if others:
                self.waiting.append(tuple(others))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """While inside, what is begun has Ctrl-C held back: this process stops it, and in words."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _died(status: int | None) -> Judged:
    reason = f"its process ended with status {status}"
    return Judged(verdict=Verdict.ERROR, field="bench", reason=reason)


def run_in_processes(campaign: Campaign, rest: Sequence[Planned], jobs: int) -> Workers:
    """The processes that run cases; a device stays in one as far as slices allow."""
    size = max(_LEAST, -(-len(rest) // jobs))
    return Workers(campaign, list(slices(rest, size)), jobs)


def work(number: int, campaign: Campaign, part: Sequence[Planned], handed: Any) -> None:
    """What one process does: it runs its slice, and hands in result after result."""
    search_seldom()
    with own_records(campaign.use_cases):
        for result in run_slice(campaign, part):
            handed.put((number, result))
            if not _wanted():
                handed.cancel_join_thread()  # nobody reads: waiting for them would never end
                return
        handed.put((number, _OVER))


def _wanted() -> bool:
    """Whether there is still somebody to hand results to."""
    parent = parent_process()
    return parent is None or parent.is_alive()
