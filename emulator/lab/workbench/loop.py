"""The laboratory's one loop, as pages see it: work is handed over, and done between two events."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Result = TypeVar("Result")


class Loop(Protocol):
    """Implemented by `emulator.lab.serving.loop_line.LoopLine`."""

    def call(self, work: Callable[[], Result]) -> "Future[Result]":
        """Have the loop do `work`; any thread may ask.

        Raises:
            LocalError: when the loop has ended, or has more to do than it can take on.
        """
        ...
