"""The one shape of every protocol machine: events and time in, effects out.

A machine reads no clock, draws only from streams it was given, and holds no machine above or
below it. Whoever hosts it calls `wake` once `deadline` has come, and routes its effects.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from emulator.kernel.units import Instant

In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)


class Machine(Protocol[In_contra, Out_co]):
    """Turns an event at an instant into effects; `deadline` says when it wants to be woken."""

    def handle(self, event: In_contra, now: Instant) -> Sequence[Out_co]:
        """Effects of `event`, which came at `now`."""
        ...

    def wake(self, now: Instant) -> Sequence[Out_co]:
        """Effects of everything that was due by `now`."""
        ...

    @property
    def deadline(self) -> Instant | None:
        """When `wake` should next be called; None while nothing is due."""
        ...
