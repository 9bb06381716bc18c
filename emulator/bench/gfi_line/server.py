"""The sockets of a GFI line: several connections, one home, one thread."""

import selectors
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from emulator.bench.gfi_line.line_desk import DeskEffect, LineDesk, Odd, ToHome, ToLine
from emulator.bench.gfi_line.served_home import ServedHome
from emulator.bench.gfi_line.settings import USUAL, GfiLineSettings
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.units import Duration, seconds

_TICK: Final = 0.1
"""Seconds of wall clock, at most, by which the home's clock lags behind while nobody speaks."""
_READ: Final = 4096
Teller = Callable[[str], None]
"""Told what happens on the lines, a line of words each."""


@dataclass(slots=True)
class Tally:
    """What crossed the lines."""

    down: int = 0
    up: int = 0
    odd: int = 0


@dataclass(slots=True)
class _Connection:
    number: int
    line: socket.socket
    peer: str
    unsent: bytearray = field(default_factory=bytearray)


class GfiServer:
    """Serves one home on a port.

    Args:
        home: that has joined.
        address: host and port; port 0 takes any that is free.
        tell: told of connections, and of what was left aside.
        settings: bounds.

    Raises:
        EnvironmentFault: when the port cannot be had.
    """

    def __init__(
        self,
        home: ServedHome,
        address: tuple[str, int],
        tell: Teller,
        settings: GfiLineSettings = USUAL,
    ) -> None:
        self._home = home
        self._tell = tell
        self._settings = settings
        self._desk = LineDesk(settings)
        self._connections: dict[int, _Connection] = {}
        self._numbers = 0
        self._ended = 0
        self.tally = Tally()
        try:
            self._listener = socket.create_server(address)
        except (OSError, OverflowError) as fault:
            raise EnvironmentFault(f"{address[0]}:{address[1]}: {fault}") from fault
        self._listener.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self._listener.getsockname()[:2]
        return host, port

    def serve(self, *, connections: int | None = None) -> None:
        """Serve until Ctrl-C, or until so many connections have ended.

        Raises:
            KeyboardInterrupt: on Ctrl-C; the lines are closed.
        """
        try:
            before = monotonic()
            while connections is None or self._ended < connections:
                self._once()
                now = monotonic()
                # A home that is slower than its clock falls behind, rather than answer nobody.
                self._home.wait(Duration(int(min(now - before, 1.0) * seconds(1))))
                before = now
                self._up()
        finally:
            self.close()

    def close(self) -> None:
        """Close every line and the port."""
        for each in tuple(self._connections.values()):
            each.line.close()
        self._connections.clear()
        self._selector.close()
        self._listener.close()

    def _once(self) -> None:
        for key, ready in self._selector.select(_TICK):
            connection = key.data
            if connection is None:
                self._accept()
                continue
            if ready & selectors.EVENT_READ and connection.number in self._connections:
                self._read(connection)
            if ready & selectors.EVENT_WRITE and connection.number in self._connections:
                self._write(connection)

    def _accept(self) -> None:
        try:
            line, peer = self._listener.accept()
        except OSError:
            return  # the client was gone before it was let in
        told = f"{peer[0]}:{peer[1]}"
        if len(self._connections) >= self._settings.connections:
            # Told first: who sees the line end may look at once for why.
            self._tell(f"{told}: refused, {len(self._connections)} lines are open")
            line.close()
            return
        line.setblocking(False)
        self._numbers += 1
        connection = self._connections[self._numbers] = _Connection(self._numbers, line, told)
        self._selector.register(line, selectors.EVENT_READ, connection)
        self._desk.opened(connection.number)
        self._tell(f"{told}: open")

    def _read(self, connection: _Connection) -> None:
        try:
            octets = connection.line.recv(_READ)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            octets = b""
        if not octets:
            self._drop(connection, "closed")
            return
        self._do(self._desk.received(connection.number, octets))

    def _drop(self, connection: _Connection, reason: str) -> None:
        del self._connections[connection.number]
        self._selector.unregister(connection.line)
        connection.line.close()
        self._ended += 1
        self._do(self._desk.closed(connection.number), connection.peer)
        self._tell(f"{connection.peer}: {reason}")

    def _do(self, effects: Sequence[DeskEffect], peer: str = "") -> None:
        for effect in effects:
            match effect:
                case ToHome(octets, recipient):
                    self.tally.down += 1
                    self._home.give(octets, recipient)
                    self._up()
                case ToLine(line, octets):
                    self.tally.up += 1
                    self._send(line, octets)
                case Odd(odd_line, reason):
                    self.tally.odd += 1
                    known = None if odd_line is None else self._connections.get(odd_line)
                    self._tell(f"{known.peer if known else peer or 'home'}: left aside: {reason}")

    def _up(self) -> None:
        for octets in self._home.take():
            self._do(self._desk.came_up(octets))

    def _send(self, line: int, octets: bytes) -> None:
        connection = self._connections.get(line)
        if connection is None:
            return
        connection.unsent += octets
        if len(connection.unsent) > self._settings.unsent:
            self._drop(
                connection, f"closed: it does not read, {len(connection.unsent)} octets wait"
            )
            return
        self._write(connection)

    def _write(self, connection: _Connection) -> None:
        try:
            sent = connection.line.send(connection.unsent) if connection.unsent else 0
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self._drop(connection, "closed")
            return
        del connection.unsent[:sent]
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if connection.unsent else 0)
        self._selector.modify(connection.line, wanted, connection)
