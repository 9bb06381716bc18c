"""A line that cannot be waited for with `select`, carried to one that can by a thread.

Serial ports on Windows are such lines. The thread reads with a short time-out and puts what it
read into one end of a pair of sockets; the other end is what the scheduler waits for.
"""

import socket
import threading
from typing import Final, Protocol

from hardware.line.byte_line import LineFault

_READ: Final = 4096
_PATIENCE: Final = 0.05
"""Seconds after which the thread looks whether it is still wanted."""


class BlockingPort(Protocol):
    """What of a pyserial port is used."""

    timeout: float | None

    def read(self, size: int = 1) -> bytes:
        """At least one octet, or none after the time-out."""
        ...

    @property
    def in_waiting(self) -> int:
        """Octets that can be read at once."""
        ...

    def write(self, octets: bytes, /) -> int | None:
        """Send octets."""
        ...

    def close(self) -> None:
        """Release the port."""
        ...


class PumpedLine:
    """A blocking port as a line that can be waited for."""

    def __init__(self, name: str, port: BlockingPort) -> None:
        self.name = name
        self._port = port
        self._port.timeout = _PATIENCE
        self._inner, self._outer = socket.socketpair()
        self._outer.setblocking(False)
        self._wanted = True
        self._thread = threading.Thread(target=self._pump, name=f"line {name}", daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        """The socket that becomes readable."""
        return self._outer.fileno()

    def read(self) -> bytes:
        """What has come in.

        Raises:
            LineFault: when the port failed.
        """
        try:
            octets = self._outer.recv(_READ)
        except BlockingIOError:
            return b""
        except OSError as fault:
            raise LineFault(f"{self.name}: closed") from fault
        if not octets:
            self.close()
            raise LineFault(f"{self.name}: unplugged: plug the dongle in again")
        return octets

    def write(self, octets: bytes) -> None:
        """Send octets.

        Raises:
            LineFault: when the port failed.
        """
        try:
            self._port.write(octets)
        except (OSError, TypeError) as fault:
            self.close()
            raise LineFault(f"{self.name}: unplugged: plug the dongle in again") from fault

    @property
    def unsent(self) -> bool:
        """Never: the port takes everything."""
        return False

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Stop the thread and release the port."""
        if not self._wanted:
            return
        self._wanted = False
        if threading.current_thread() is not self._thread:
            self._thread.join()
        self._port.close()
        self._outer.close()

    def _pump(self) -> None:
        """Carry octets until nobody wants them, or the port fails."""
        try:
            while self._wanted:
                octets = self._port.read(max(1, self._port.in_waiting))
                if octets:
                    self._inner.sendall(octets)
        except (OSError, TypeError):
            pass
        finally:
            self._inner.close()
