"""The one shape of every protocol machine: events and time in, effects out.

A machine reads no clock, draws only from streams it was given, and holds no machine above or
below it. Whoever hosts it calls `wake` once `deadline` has come, and routes its effects.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from emulator.kernel.units import Instant


class Machine(Protocol):
    """Turns an event at an instant into effects; says what it accepts and when to wake it."""

    @property
    def accepts(self) -> tuple[type, ...]:
        """The types of the events it is given; the same ones throughout its life."""
        ...

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`, which came at `now`."""
        ...

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of everything that was due by `now`."""
        ...

    @property
    def deadline(self) -> Instant | None:
        """When `wake` should next be called; None while nothing is due."""
        ...
