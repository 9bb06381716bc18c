"""One heap of what is due, in order of (microsecond, sequence): the only loop in the project.

Instant and sequence share one whole number, because the heap compares such numbers several times
faster than pairs; what is to be done stands beside the heap under that number.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.pace import Pace
from emulator.kernel.units import NEVER, START, Duration, Instant

Action = Callable[[], object]

_SEQUENCE_BITS: Final = 40
"""A run asks for fewer than 2**40 actions: a thousand a second for thirty years."""


class Timer(tuple[int, dict[int, Action]]):
    """An action that is due, as its number and where actions stand; cancelling is idempotent."""

    __slots__ = ()

    @property
    def when(self) -> Instant:
        """The instant it is due at."""
        return Instant(self[0] >> _SEQUENCE_BITS)

    def cancel(self) -> None:
        """Make the action not happen."""
        self[1].pop(self[0], None)


class Scheduler:
    """Runs actions in order of (instant, order of asking).

    Args:
        pace: lets time outside pass between them; without one, time jumps.
    """

    __slots__ = ("_actions", "_heap", "_sequence", "_stop", "_until", "now", "pace")

    def __init__(self, pace: Pace | None = None) -> None:
        self.now: Instant = START
        self.pace = pace
        self._heap: list[int] = []
        self._actions: dict[int, Action] = {}
        self._sequence = 0
        self._until: Instant = START
        self._stop: Callable[[], object] | None = None

    def at(self, when: Instant, action: Action) -> Timer:
        """Run `action` at `when`, after everything asked for earlier at that instant.

        Raises:
            LocalError: when `when` is already past.
        """
        if when < self.now:
            raise LocalError(f"asked at {self.now} us for {when} us, which is past")
        self._sequence = sequence = self._sequence + 1
        number = when << _SEQUENCE_BITS | sequence
        heappush(self._heap, number)
        self._actions[number] = action
        return Timer((number, self._actions))

    def after(self, duration: Duration, action: Action) -> Timer:
        """Run `action` when `duration` has passed.

        Raises:
            LocalError: when `duration` is below zero.
        """
        if duration < 0:
            raise LocalError(f"asked at {self.now} us for {duration} us later, which is past")
        self._sequence = sequence = self._sequence + 1
        number = self.now + duration << _SEQUENCE_BITS | sequence
        heappush(self._heap, number)
        self._actions[number] = action
        return Timer((number, self._actions))

    def skip_to(self, when: Instant) -> bool:
        """Whether nothing but the caller happens up to and including `when`; it is `when` then.

        For an action that would ask for another as its last step, and can go on at once instead.
        Whoever runs the scheduler sees no difference: it is asked whether to stop, as after every
        action.
        """
        heap, actions = self._heap, self._actions
        limit = when + 1 << _SEQUENCE_BITS
        while heap and heap[0] < limit:
            if heap[0] in actions:
                return False
            heappop(heap)
        if when > self._until or (self._stop is not None and self._stop()):
            return False
        self.now = when
        return True

    def run(self, until: Instant = NEVER, *, stop: Callable[[], object] | None = None) -> bool:
        """Run what is due up to and including `until`; then it is `until`.

        Args:
            until: the last instant that is run.
            stop: asked after every action; when true, time stays where it is.

        Returns:
            True when `stop` ended the run, False when time did.
        """
        if self.pace is not None:
            return self._run_paced(self.pace, until, stop)
        heap = self._heap
        take = self._actions.pop
        limit = until + 1 << _SEQUENCE_BITS
        self._until, self._stop = until, stop
        while heap and heap[0] < limit:
            number = heappop(heap)
            action = take(number, None)
            if action is None:
                continue
            self.now = number >> _SEQUENCE_BITS  # type: ignore[assignment]  # spares a call
            action()
            if stop is not None and stop():
                self._until = START
                return True
        self._until = START
        if self.now < until != NEVER:
            self.now = until
        return False

    def _run_paced(self, pace: Pace, until: Instant, stop: Callable[[], object] | None) -> bool:
        """As `run`, but the pace says when it is the next instant, and what came in before it."""
        while True:
            due = self._next_due()
            instant, inputs = pace.wait(self.now, min(due, until))
            if instant == NEVER:
                return False
            self.now = instant
            for take in inputs:
                take()
            if not inputs:
                if due > until:
                    return False
                self._actions.pop(heappop(self._heap))()
            if stop is not None and stop():
                return True

    def _next_due(self) -> Instant:
        """When the first action that nobody cancelled is due; `NEVER` when there is none."""
        heap = self._heap
        while heap and heap[0] not in self._actions:
            heappop(heap)
        return Instant(heap[0] >> _SEQUENCE_BITS) if heap else NEVER
