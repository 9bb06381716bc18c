"""Octets that a line did not take at once."""

from collections.abc import Callable
from typing import Final

from hardware.line.byte_line import LineFault

LIMIT: Final = 65_536
"""Octets that may wait: five seconds of a line at 115200 baud."""


class OutBuffer:
    """Sends through a function that takes what it can.

    Args:
        name: of the line, for messages.
        send: gives the number of octets taken; raises `BlockingIOError` for none.
        lossy: whether the oldest of more than `LIMIT` octets may be lost; otherwise the line is.
    """

    def __init__(
        self, name: str, send: Callable[[bytes], int | None], *, lossy: bool = False
    ) -> None:
        self._name = name
        self._send = send
        self._lossy = lossy
        self._waiting = bytearray()

    @property
    def unsent(self) -> bool:
        """Whether octets wait."""
        return bool(self._waiting)

    def write(self, octets: bytes) -> None:
        """Send octets after those that wait.

        Raises:
            LineFault: when too many wait, and none may be lost.
        """
        self._waiting += octets
        self.flush()
        excess = len(self._waiting) - LIMIT
        if excess > 0:
            if not self._lossy:
                raise LineFault(
                    f"{self._name}: takes no more octets, {LIMIT} wait: reset the device"
                )
            del self._waiting[:excess]

    def flush(self) -> None:
        """Send what waits, as far as it is taken."""
        try:
            while self._waiting:
                taken = self._send(bytes(self._waiting[:4096]))
                if not taken:
                    return
                del self._waiting[:taken]
        except BlockingIOError:
            return

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
