"""Time outside, as one pace for the one scheduler: it waits for the next event or for a line.

Inputs are stamped with the instant at which they are taken, never later than the next event. When
the machine cannot keep up, events run late; how late is counted, and virtual time skips nothing.
"""

import select
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.pace import Input
from emulator.kernel.units import NEVER, Instant, format_duration
from emulator.lab.kept.recording import InputRecorder, RecordedInput
from emulator.lab.radios.giving_way import GivingWay
from emulator.lab.radios.lines import HostedLine, LineLost, Receive, Send

LATE: Final = 10_000
"""Microseconds from which on an event counts as late: half of macMaxFrameTotalWaitTime."""
_LONGEST_WAIT: Final = 3_600.0


@dataclass(slots=True)
class Drift:
    """How far virtual time fell behind the clock.

    Args:
        events: how many were waited for.
        late: how many began more than `LATE` microseconds after their instant.
        worst: the largest delay, in microseconds.
    """

    events: int = 0
    late: int = 0
    worst: int = 0

    def note(self, behind: int) -> None:
        """Count an event that began `behind` microseconds after its instant."""
        self.events += 1
        self.late += behind > LATE
        self.worst = max(self.worst, behind)

    def __str__(self) -> str:
        worst = format_duration(self.worst)
        late = format_duration(LATE)
        return f"drift: {self.late} of {self.events} events later than {late}, the latest {worst}"


_Found = tuple[str, bytes | None, str, Input]
"""What a line had: its name, the octets or None, why it was lost, and what hands it on."""


@dataclass(frozen=True, slots=True)
class _Attached:
    line: HostedLine
    receive: Receive


class PacedClock:
    """Implements `emulator.kernel.pace.Pace` and `emulator.lab.radios.lines.LineHost`.

    Args:
        factor: virtual seconds in a second of the clock.
        recorder: where inputs are kept.
        clock: nanoseconds of a clock that only goes forward.
    """

    def __init__(
        self,
        factor: float = 1.0,
        recorder: InputRecorder | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.drift = Drift()
        self._factor = factor
        self._recorder = InputRecorder() if recorder is None else recorder
        self._clock = clock
        self._origin: int | None = None
        self._overdue: Instant | None = None
        self._waits = 0
        self._lines: dict[str, _Attached] = {}
        self._lost: dict[str, str] = {}
        self._way = GivingWay(lambda: False)

    def give_way(self, asked: Callable[[], bool]) -> None:
        """Let events that are due wait while somebody outside waits for an answer.

        Args:
            asked: whether somebody does. A line has to have something when that changes.
        """
        self._way = GivingWay(asked)

    def tell(self, name: str, make: Callable[[], str]) -> str:
        """What is found out before the start, kept for a replay."""
        text = make()
        self._recorder.told(name, text)
        return text

    def open(self, name: str, opener: Callable[[], HostedLine], receive: Receive) -> Send:
        """Open a line and wait for it from now on."""
        line = opener()
        self._lines[name] = _Attached(line, receive)

        def send(octets: bytes) -> None:
            """A line that is lost in sending is lost at the next wait, so that a replay sees it."""
            try:
                line.write(octets)
            except EnvironmentFault as fault:
                self._lost.setdefault(name, str(fault))

        return send

    def close(self) -> None:
        """Release every line."""
        for attached in self._lines.values():
            attached.line.close()
        self._lines.clear()

    def wait(self, now: Instant, target: Instant) -> tuple[Instant, Sequence[Input]]:
        """Wait for `target`, or for a line.

        Once inputs were taken after `target` was due, it comes before any more of them: a line
        that always has something, on a machine that is slow, holds up no event and no end. Only
        somebody who waits for an answer comes before it, for as long as `GivingWay` lets them.
        """
        self._waits += 1
        if self._origin is None:
            self._origin = self._clock() - round(now * 1_000 / self._factor)
        if target == NEVER and not self._lines:
            return NEVER, ()
        waited_for = self._overdue is not None and self._overdue >= target
        self._overdue = None
        while True:
            ahead = target - self._instant()
            way = self._way.left(self._clock()) if ahead <= 0 else 0
            inputs = [] if waited_for and ahead <= 0 and not way else self._poll(ahead, way)
            here = self._instant()
            if inputs:
                self._overdue = target if here >= target else None
                return self._stamped(Instant(min(max(here, now), target)), inputs)
            if here >= target and not way:
                self.drift.note(round((here - target) / self._factor))
                return target, ()

    def _instant(self) -> int:
        """The instant that the clock says it is."""
        assert self._origin is not None  # noqa: S101 - set by the first wait
        return round((self._clock() - self._origin) * self._factor / 1_000)

    def _poll(self, ahead: int, way: int) -> list[_Found]:
        """What the lines have, after at most `ahead` microseconds of virtual time.

        Args:
            ahead: as above; below zero when it is past.
            way: nanoseconds of the clock that may go by even so.
        """
        if self._lost:
            return [self._lose(name, reason) for name, reason in tuple(self._lost.items())]
        limit = min(max(way / 1e9, ahead / 1e6 / self._factor), _LONGEST_WAIT)
        readable = {
            name: fd for name, each in self._lines.items() if (fd := each.line.fileno()) >= 0
        }
        unsent = {name: readable[name] for name in readable if self._lines[name].line.unsent}
        if not readable:
            time.sleep(limit)
            return []
        ready, writable, _ = select.select(
            tuple(readable.values()), tuple(unsent.values()), (), limit
        )
        found = []
        for name, fd in readable.items():
            if fd in ready or fd in writable:
                found += self._serve(name, flush=fd in writable, read=fd in ready)
        return found

    def _serve(self, name: str, *, flush: bool, read: bool) -> list[_Found]:
        attached = self._lines[name]
        try:
            if flush:
                attached.line.flush()
            octets = attached.line.read() if read else b""
        except EnvironmentFault as fault:
            return [self._lose(name, str(fault))]
        return [(name, octets, "", partial(attached.receive, octets))] if octets else []

    def _lose(self, name: str, reason: str) -> _Found:
        self._lost.pop(name, None)
        self._lines.pop(name).line.close()
        return name, None, reason, LineLost(reason)

    def _stamped(self, at: Instant, found: Sequence[_Found]) -> tuple[Instant, Sequence[Input]]:
        for name, octets, lost, _ in found:
            self._recorder.came(RecordedInput(self._waits, at, name, octets, lost))
        return at, tuple(take for *_, take in found)
