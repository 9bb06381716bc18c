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
_Sink = Callable[[Any], None]
_Way = tuple[tuple[tuple[int, _Handle], ...], _Sink | None]


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
        self._sinks: dict[type, _Sink] = {}
        self._ways: dict[type, _Way] = {}
        self._queue: deque[Any] = deque()
        self._timer: Timer | None = None
        self._due: Instant = NEVER
        self._busy = False
        self._stopped = False

    def connect(self, kinds: Iterable[type], sink: Callable[[Any], None]) -> None:
        """Give effects of these types to `sink`, which is outside the node."""
        for kind in kinds:
            self._sinks[kind] = sink
        self._ways.clear()

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
        self._ways.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _drain(self) -> None:
        """Handle what waits, and all that follows from it; virtual time stands still meanwhile."""
        self._busy = True
        queue, ways = self._queue, self._ways
        take, add, touch = queue.popleft, queue.extend, self._touched.add
        now = self._scheduler.now
        try:
            while queue:
                effect = take()
                kind = type(effect)
                try:
                    routes, sink = ways[kind]
                except KeyError:
                    routes, sink = self._way(kind)
                for place, handle in routes:
                    touch(place)
                    effects = handle(effect, now)
                    if effects:
                        add(effects)
                if sink is not None:
                    sink(effect)
        finally:
            self._busy = False
        if not self._stopped:
            self._rearm()

    def _way(self, kind: type) -> _Way:
        """Which machines hear of effects of a type, and what outside the node does.

        Nobody does of what was under way when the node stopped.

        Raises:
            LocalError: when nobody accepts it, and it is no fact.
        """
        if self._stopped:
            return (), None
        routes, sink = self._routes.get(kind, ()), self._sinks.get(kind)
        if not routes and sink is None:
            if not hasattr(kind, "kind"):
                raise LocalError(f"{self.name}: nobody accepts {kind.__name__}")
            sink = self._tell
        way = self._ways[kind] = routes, sink
        return way

    def _tell(self, fact: Any) -> None:
        self._trace.add(self._scheduler.now, self.name, fact)

    def _wake(self) -> None:
        self._timer = None
        now = self._scheduler.now
        for place, deadline in enumerate(self._deadlines):
            if deadline <= now:
                self._touched.add(place)
                self._queue.extend(self._machines[place].wake(now))
        self._drain()

    def _rearm(self) -> None:
        """Be woken when the first machine is due; only what heard something has a new deadline.

        While a wake is planned, no machine is due before it, so that only the new deadlines can
        ask for an earlier one. A wake that is planned too early stays planned, and then looks
        again: most deadlines are of answers that come, and each frame moves one of them.
        """
        deadlines, machines, touched = self._deadlines, self._machines, self._touched
        timer = self._timer
        planned = NEVER if timer is None else self._due
        sooner = timer is None
        for place in touched:
            deadline = machines[place].deadline
            deadlines[place] = deadline = NEVER if deadline is None else deadline
            if deadline < planned:
                sooner = True
        touched.clear()
        if not sooner:
            return
        if timer is not None:
            timer.cancel()
            self._timer = None
        due = min(deadlines, default=NEVER)
        if due != NEVER:
            self._due = due
            self._timer = self._scheduler.at(max(due, self._scheduler.now), self._wake)
