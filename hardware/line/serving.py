"""The dongle's own side of a line: a pseudo-terminal under a name, or a TCP port.

Programs open and close a served line as they like; the line stays.
"""

import errno
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from hardware.line.address import SerialAddress, TcpAddress, parse_address
from hardware.line.byte_line import ByteLine, LineFault
from hardware.line.out_buffer import OutBuffer

_READ: Final = 4096


def check_served(text: str, *, beyond_loopback: bool) -> SerialAddress | TcpAddress:
    """The address at which a line can be served.

    Raises:
        UsageError: when it is none, or reaches further than was told.
    """
    address = parse_address(text)
    if isinstance(address, SerialAddress):
        path = Path(address.path)
        if path.exists() and not path.is_symlink():
            raise UsageError(
                f"port {text}: is there already: expected a new name, or tcp://HOST:PORT"
            )
        if not path.parent.is_dir():
            raise UsageError(f"port {text}: no folder {path.parent}")
    elif not address.loopback and not beyond_loopback:
        raise UsageError(
            f"port {text}: other machines could come there: expected 127.0.0.1 or [::1], or "
            "--beyond-loopback"
        )
    return address


def serve_line(text: str, *, beyond_loopback: bool = False) -> ByteLine:
    """A line that others open.

    Args:
        text: a path for a pseudo-terminal, or tcp://HOST:PORT (port 0: any that is free).
        beyond_loopback: whether other machines may come.

    Raises:
        UsageError: as `check_served`.
        LineFault: when the port is taken, or this system has no pseudo-terminals.
    """
    address = check_served(text, beyond_loopback=beyond_loopback)
    if isinstance(address, TcpAddress):
        return TcpServer(address)
    return PtyServer(Path(address.path))


class PtyServer:
    """A pseudo-terminal under a name that stays the same; programs see a serial port.

    Our own end of the far side stays open, so that nothing fails while no program has it open.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        try:
            import pty  # noqa: PLC0415 - Windows has none
            import tty  # noqa: PLC0415 - Windows has none

            self._near, self._far = pty.openpty()
            tty.setraw(self._far)
            os.set_blocking(self._near, False)
            with suppress(FileNotFoundError):
                path.unlink()
            path.symlink_to(os.ttyname(self._far))
        except (ImportError, OSError) as fault:
            raise LineFault(f"{path}: no pseudo-terminal: {fault}: use tcp://HOST:PORT") from fault
        self._path = path
        self._out = OutBuffer(self.name, self._send, lossy=True)
        self._closed = False

    def fileno(self) -> int:
        """Our end."""
        return -1 if self._closed else self._near

    def read(self) -> bytes:
        """What a program sent."""
        try:
            return os.read(self._near, _READ)
        except OSError as fault:
            if fault.errno in (errno.EAGAIN, errno.EIO):
                return b""
            raise LineFault(f"{self.name}: {fault}") from fault

    def write(self, octets: bytes) -> None:
        """Send octets; of what no program reads, the oldest are lost."""
        self._out.write(octets)

    @property
    def unsent(self) -> bool:
        """Whether octets wait."""
        return self._out.unsent

    def flush(self) -> None:
        """Send what waits."""
        self._out.flush()

    def close(self) -> None:
        """Take the name away, and the pseudo-terminal with it."""
        if self._closed:
            return
        self._closed = True
        with suppress(OSError):
            self._path.unlink()
        os.close(self._near)
        os.close(self._far)

    def _send(self, octets: bytes) -> int:
        try:
            return os.write(self._near, octets)
        except OSError as fault:
            if fault.errno in (errno.EAGAIN, errno.EIO):
                return 0
            raise LineFault(f"{self.name}: {fault}") from fault


class TcpServer:
    """A TCP port with room for one program at a time; the next one waits until it has left."""

    def __init__(self, address: TcpAddress) -> None:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        try:
            self._listener = socket.create_server((address.host, address.port), family=family)
        except OSError as fault:
            told = fault.strerror or str(fault)
            raise LineFault(f"{address}: cannot be served: {told}: choose another port") from fault
        self._listener.setblocking(False)
        port = self._listener.getsockname()[1]
        self.name = str(TcpAddress(address.host, port))
        self._client: socket.socket | None = None
        self._out = OutBuffer(self.name, self._send, lossy=True)

    def fileno(self) -> int:
        """The program's connection, or what others come to while there is none."""
        return (self._client or self._listener).fileno()

    def read(self) -> bytes:
        """What the program sent; a new program is let in, one that left makes room."""
        if self._client is None:
            self._accept()
            return b""
        try:
            octets = self._client.recv(_READ)
        except BlockingIOError:
            return b""
        except OSError:
            octets = b""
        if not octets:
            self._leave()
        return octets

    def write(self, octets: bytes) -> None:
        """Send octets; without a program they are lost."""
        if self._client is not None:
            self._out.write(octets)

    @property
    def unsent(self) -> bool:
        """Whether octets wait."""
        return self._client is not None and self._out.unsent

    def flush(self) -> None:
        """Send what waits."""
        self._out.flush()

    def close(self) -> None:
        """End the connection and release the port."""
        self._leave()
        self._listener.close()

    def _accept(self) -> None:
        try:
            self._client, _ = self._listener.accept()
        except BlockingIOError:
            return
        except OSError as fault:
            raise EnvironmentFault(f"{self.name}: {fault}") from fault
        self._client.setblocking(False)
        self._client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _leave(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
            self._out.drop()

    def _send(self, octets: bytes) -> int:
        if self._client is None:
            return len(octets)
        try:
            return self._client.send(octets)
        except BlockingIOError:
            return 0
        except OSError:
            self._leave()
            return len(octets)
