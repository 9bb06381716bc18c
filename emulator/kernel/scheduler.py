"""One heap of (microsecond, sequence, action): the only loop in the project."""

from collections.abc import Callable
from heapq import heappop, heappush

from emulator.kernel.errors import LocalError
from emulator.kernel.units import NEVER, START, Duration, Instant

Action = Callable[[], object]


class Timer:
    """An action that is due; cancelling is idempotent and costs nothing later."""

    __slots__ = ("action", "when")

    def __init__(self, when: Instant, action: Action) -> None:
        self.when = when
        self.action: Action | None = action

    def cancel(self) -> None:
        """Make the action not happen."""
        self.action = None


class Scheduler:
    """Runs actions in order of (instant, order of asking)."""

    __slots__ = ("_heap", "_sequence", "now")

    def __init__(self) -> None:
        self.now: Instant = START
        self._heap: list[tuple[Instant, int, Timer]] = []
        self._sequence = 0

    def at(self, when: Instant, action: Action) -> Timer:
        """Run `action` at `when`, after everything asked for earlier at that instant.

        Raises:
            LocalError: when `when` is already past.
        """
        if when < self.now:
            raise LocalError(f"asked at {self.now} us for {when} us, which is past")
        timer = Timer(when, action)
        self._sequence = sequence = self._sequence + 1
        heappush(self._heap, (when, sequence, timer))
        return timer

    def after(self, duration: Duration, action: Action) -> Timer:
        """Run `action` when `duration` has passed."""
        return self.at(Instant(self.now + duration), action)

    def run(self, until: Instant = NEVER, *, stop: Callable[[], bool] | None = None) -> bool:
        """Run what is due up to and including `until`; then it is `until`.

        Args:
            until: the last instant that is run.
            stop: asked after every action; when true, time stays where it is.

        Returns:
            True when `stop` ended the run, False when time did.
        """
        heap = self._heap
        while heap and heap[0][0] <= until:
            when, _, timer = heappop(heap)
            action = timer.action
            if action is None:
                continue
            self.now = when
            timer.action = None
            action()
            if stop is not None and stop():
                return True
        if self.now < until != NEVER:
            self.now = until
        return False
