"""The socket of one who plays GFI."""

import socket
from time import monotonic, sleep
from typing import Final

from emulator.bench.gfi_line.line_talk import BETWEEN_TRIES, LineTalk
from emulator.kernel.errors import EnvironmentFault, UsageError

_READ: Final = 4096


def parse_line(text: str) -> tuple[str, int]:
    """Host and port of a line, written `127.0.0.1:47341`.

    Raises:
        UsageError: when it is none.
    """
    host, mark, port = text.rpartition(":")
    if not mark or not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise UsageError(f"--line {text}: expected HOST:PORT")
    return host.strip("[]"), int(port)


class GfiClient(LineTalk):
    """A line from this side.

    Args:
        address: host and port.
        patience: seconds for which it tries to connect.

    Raises:
        EnvironmentFault: when nobody listens there.
    """

    def __init__(self, address: tuple[str, int], *, patience: float = 0.0) -> None:
        super().__init__()
        self._name = f"{address[0]}:{address[1]}"
        self._line = self._connected(address, patience)

    def close(self) -> None:
        """Close the socket."""
        self._line.close()

    def receive(self, timeout: float) -> bytes:
        """What comes within so many seconds; raises `EnvironmentFault` when the line is gone."""
        self._line.settimeout(timeout)
        try:
            octets = self._line.recv(_READ)
        except TimeoutError:
            return b""
        except OSError as fault:
            raise EnvironmentFault(f"{self._name}: {fault}") from fault
        if not octets:
            raise EnvironmentFault(f"{self._name}: the other side closed the line")
        return octets

    def send(self, octets: bytes) -> None:
        """Write octets; raises `EnvironmentFault` when the line is gone."""
        self._line.settimeout(None)
        try:
            self._line.sendall(octets)
        except OSError as fault:
            raise EnvironmentFault(f"{self._name}: {fault}") from fault

    def _connected(self, address: tuple[str, int], patience: float) -> socket.socket:
        until = monotonic() + patience
        while True:
            try:
                return socket.create_connection(address, timeout=max(patience, 5.0))
            except OSError as fault:
                if monotonic() >= until:
                    raise EnvironmentFault(f"{self._name}: {fault}: nobody listens") from fault
            sleep(BETWEEN_TRIES)
