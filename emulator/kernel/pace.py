"""The seam where time outside enters the one scheduler: who waits, and what came in meanwhile.

The kernel reads no clock. Whoever paces a run (the laboratory, or a recording of an earlier run)
stands behind this protocol; without one, virtual time jumps from event to event.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from emulator.kernel.units import Instant

Input = Callable[[], object]
"""Something that came from outside, ready to be handed to whoever takes it."""


class Pace(Protocol):
    """Lets time outside pass."""

    def wait(self, now: Instant, target: Instant) -> tuple[Instant, Sequence[Input]]:
        """Wait until `target`, or until something comes in from outside.

        Args:
            now: the instant at which the scheduler is.
            target: the next instant at which something is due; `NEVER` when nothing is.

        Returns:
            Without inputs, `target`. With inputs, when they came: `now` to `target`, both included.
            `NEVER` without inputs says that nothing will ever come.
        """
        ...
