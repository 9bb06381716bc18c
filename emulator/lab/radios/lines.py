"""Lines as a run sees them: opened once, told of what comes in, and written to.

Whoever drives a dongle asks a `LineHost` for its line, so that the same driver works on a paced
run, in a replay of one, and where driver and dongle are in one process.
"""

from collections.abc import Callable
from typing import Protocol

from emulator.kernel.errors import EnvironmentFault

Receive = Callable[[bytes], object]
"""Takes octets that came in."""
Send = Callable[[bytes], None]
"""Sends octets."""


class HostedLine(Protocol):
    """An open line that never blocks (`hardware.line.byte_line` has every rule)."""

    name: str

    def fileno(self) -> int:
        """What to wait on; -1 while there is nothing to wait for."""
        ...

    def read(self) -> bytes:
        """What has come in; raises `EnvironmentFault` when the line is lost."""
        ...

    def write(self, octets: bytes) -> None:
        """Send octets; raises `EnvironmentFault` when the line is lost."""
        ...

    @property
    def unsent(self) -> bool:
        """Whether octets wait for the line to take them."""
        ...

    def flush(self) -> None:
        """Send what waits; raises `EnvironmentFault` when the line is lost."""
        ...

    def close(self) -> None:
        """Release the line."""
        ...


class LineHost(Protocol):
    """Where lines are opened in a run."""

    def tell(self, name: str, make: Callable[[], str]) -> str:
        """What `make` finds out about the surroundings before the run begins; once for each name.

        A replay gives what was found out then.
        """
        ...

    def open(self, name: str, opener: Callable[[], HostedLine], receive: Receive) -> Send:
        """Open a line for the whole run; what comes in is given to `receive`.

        Raises:
            EnvironmentFault: when it does not open.
        """
        ...

    def close(self) -> None:
        """Release every line."""
        ...


class LineLost:
    """Raises inside the run what ended a line."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __call__(self) -> None:
        """The line is lost.

        Raises:
            EnvironmentFault: always.
        """
        raise EnvironmentFault(self.reason)
