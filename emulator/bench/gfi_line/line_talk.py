"""Playing GFI over a line: send what is to be sent, listen until everything is answered."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from types import TracebackType
from typing import Final, Self

from emulator.bench.gfi_line.caller import CallerEffect, GfiCaller, ToSend
from emulator.kernel.units import Instant, seconds

BETWEEN_TRIES: Final = 0.2
"""Seconds between two attempts to open a line."""
_SHORTEST: Final = 0.001
"""Seconds that are waited at least: a wait of none would not let a line come to anything."""


class LineTalk(ABC):
    """This side of a line; what kind of line it is, its subclasses know."""

    def __init__(self) -> None:
        self.caller = GfiCaller()
        self._began = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def now(self) -> Instant:
        """Since it was made, by the wall clock."""
        return Instant(int((monotonic() - self._began) * seconds(1)))

    def do(self, effects: Sequence[CallerEffect]) -> Iterator[CallerEffect]:
        """Send what is to be sent; the rest is what came of it.

        Raises:
            EnvironmentFault: when the line is lost.
        """
        for effect in effects:
            if isinstance(effect, ToSend):
                self.send(effect.octets)
            else:
                yield effect

    def listen(self, duration: float, done: Callable[[], bool]) -> Iterator[CallerEffect]:
        """What comes, until `done` holds or the time is over.

        Args:
            duration: seconds of wall clock.
            done: asked after everything that came.

        Raises:
            EnvironmentFault: when the line is lost.
        """
        until = monotonic() + duration
        while not done():
            rest = until - monotonic()
            if rest <= 0:
                return
            deadline = self.caller.deadline
            if deadline is not None:
                rest = min(rest, (deadline - self.now) / seconds(1))
            octets = self.receive(max(rest, _SHORTEST))
            if octets:
                yield from self.do(self.caller.received(octets, self.now))
            yield from self.do(self.caller.wake(self.now))

    @abstractmethod
    def send(self, octets: bytes) -> None:
        """Write a frame of GFI; raises `EnvironmentFault` when the line is lost."""

    @abstractmethod
    def receive(self, timeout: float) -> bytes:
        """What comes within so many seconds; raises `EnvironmentFault` when the line is lost."""

    @abstractmethod
    def close(self) -> None:
        """Release the line."""
