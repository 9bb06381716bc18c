"""What every byte port is, whatever it runs over."""

from typing import Protocol

from emulator.kernel.errors import EnvironmentFault


class LineFault(EnvironmentFault):
    """A line does not open, is lost, or takes no more; says what to do."""


class ByteLine(Protocol):
    """An open line that never blocks."""

    name: str
    """As messages call it."""

    def fileno(self) -> int:
        """What to wait on with `select`; -1 while there is nothing to wait for."""
        ...

    def read(self) -> bytes:
        """What has come in; empty when nothing has.

        Raises:
            LineFault: when the line is lost.
        """
        ...

    def write(self, octets: bytes) -> None:
        """Send octets, now or as soon as the line takes them.

        Raises:
            LineFault: when the line is lost, or has taken nothing for too long.
        """
        ...

    @property
    def unsent(self) -> bool:
        """Whether octets wait for the line to take them; `flush` tries again."""
        ...

    def flush(self) -> None:
        """Send what waits, as far as the line takes it.

        Raises:
            LineFault: when the line is lost.
        """
        ...

    def close(self) -> None:
        """Release the line; closing twice is no mistake."""
        ...
