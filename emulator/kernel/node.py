"""A node: machines side by side, each given the events of the types it accepts.

The node has no rules of its own. An effect goes to every machine that accepts its type, a fact to
the trace, anything else to whoever asked for that type from outside (the radio, the laboratory).
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from emulator.kernel.errors import LocalError
from emulator.kernel.machine import Machine
from emulator.kernel.scheduler import Scheduler, Timer
from emulator.kernel.trace import Trace
from emulator.kernel.units import NEVER, Instant

_Handle = Callable[[Any, Instant], Sequence[Any]]


class Node:
    """Hosts machines in virtual or real time.

    Args:
        name: the name under which its facts stand in the trace.
        machines: every machine of the node, in the order in which they hear of an event.
    """

    def __init__(
        self, name: str, machines: Iterable[Machine], scheduler: Scheduler, trace: Trace
    ) -> None:
        self.name = name
        self._machines = tuple(machines)
        self._scheduler = scheduler
        self._trace = trace
        self._routes: dict[type, tuple[tuple[int, _Handle], ...]] = {}
        for place, machine in enumerate(self._machines):
            for kind in machine.accepts:
                self._routes[kind] = (*self._routes.get(kind, ()), (place, machine.handle))
        self._deadlines: list[Instant] = [NEVER] * len(self._machines)
        self._touched = set(range(len(self._machines)))
        self._sinks: dict[type, Callable[[Any], None]] = {}
        self._queue: deque[Any] = deque()
        self._timer: Timer | None = None
        self._busy = False
        self._stopped = False

    def connect(self, kinds: Iterable[type], sink: Callable[[Any], None]) -> None:
        """Give effects of these types to `sink`, which is outside the node."""
        for kind in kinds:
            self._sinks[kind] = sink

    def post(self, event: object) -> None:
        """Handle an event from outside, and everything that follows from it, now."""
        if self._stopped:
            return
        self._queue.append(event)
        if not self._busy:
            self._drain()

    def stop(self) -> None:
        """Handle nothing any more, also of what is under way: the node lost its power."""
        self._stopped = True
        self._queue.clear()
        self._machines = ()
        self._deadlines.clear()
        self._touched.clear()
        self._routes.clear()
        self._sinks.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _drain(self) -> None:
        self._busy = True
        try:
            while self._queue and not self._stopped:
                self._dispatch(self._queue.popleft())
        finally:
            self._busy = False
        self._rearm()

    def _dispatch(self, effect: Any) -> None:
        kind = type(effect)
        routes = self._routes.get(kind)
        sink = self._sinks.get(kind)
        now = self._scheduler.now
        if routes is not None:
            for place, handle in routes:
                self._touched.add(place)
                self._queue.extend(handle(effect, now))
        if sink is not None:
            sink(effect)
        if routes is None and sink is None:
            if not hasattr(kind, "kind"):
                raise LocalError(f"{self.name}: nobody accepts {kind.__name__}")
            self._trace.add(now, self.name, effect)

    def _wake(self) -> None:
        self._timer = None
        now = self._scheduler.now
        for place, machine in enumerate(self._machines):
            if self._deadlines[place] <= now:
                self._touched.add(place)
                self._queue.extend(machine.wake(now))
        self._drain()

    def _rearm(self) -> None:
        """Be woken when the first machine is due; only what heard something has a new deadline."""
        for place in self._touched:
            deadline = self._machines[place].deadline
            self._deadlines[place] = NEVER if deadline is None else deadline
        self._touched.clear()
        due = min(self._deadlines, default=NEVER)
        timer = self._timer
        if timer is not None:
            if timer.when == due:
                return
            timer.cancel()
            self._timer = None
        if due != NEVER:
            self._timer = self._scheduler.at(Instant(max(due, self._scheduler.now)), self._wake)
