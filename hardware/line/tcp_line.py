"""A TCP connection to a dongle: a serial server, another machine, or a virtual dongle."""

import socket
from typing import Final, Never

from hardware.line.address import TcpAddress
from hardware.line.byte_line import LineFault
from hardware.line.out_buffer import OutBuffer

_READ: Final = 4096
_CONNECT_LIMIT: Final = 5.0
"""Seconds that the other end may take to answer."""


def open_tcp(address: TcpAddress) -> "TcpLine":
    """The connection.

    Raises:
        LineFault: when nobody answers there.
    """
    try:
        connected = socket.create_connection((address.host, address.port), _CONNECT_LIMIT)
    except OSError as fault:
        told = fault.strerror or str(fault)
        raise LineFault(
            f"{address}: nobody answers ({told}): start what serves it, or correct the address"
        ) from fault
    return TcpLine(str(address), connected)


class TcpLine:
    """One end of a connection."""

    def __init__(self, name: str, connected: socket.socket) -> None:
        self.name = name
        self._socket = connected
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._out = OutBuffer(name, self._send)

    def fileno(self) -> int:
        """The socket's file descriptor; -1 once it is closed."""
        return self._socket.fileno()

    def read(self) -> bytes:
        """What has come in.

        Raises:
            LineFault: when the other end closed the connection.
        """
        try:
            octets = self._socket.recv(_READ)
        except BlockingIOError:
            return b""
        except OSError as fault:
            self._lose(fault)
        if not octets:
            self._lose(None)
        return octets

    def write(self, octets: bytes) -> None:
        """Send octets.

        Raises:
            LineFault: when the connection is lost, or takes nothing.
        """
        self._out.write(octets)

    @property
    def unsent(self) -> bool:
        """Whether octets wait."""
        return self._out.unsent

    def flush(self) -> None:
        """Send what waits."""
        self._out.flush()

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def _send(self, octets: bytes) -> int:
        try:
            return self._socket.send(octets)
        except BlockingIOError:
            return 0
        except OSError as fault:
            self._lose(fault)

    def _lose(self, fault: OSError | None) -> Never:
        self.close()
        raise LineFault(f"{self.name}: the other end closed the line: start it again") from fault
