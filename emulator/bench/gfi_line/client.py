"""The socket of one who plays GFI: connects, sends, and listens until everything is answered."""

import socket
from collections.abc import Callable, Iterator, Sequence
from time import monotonic, sleep
from types import TracebackType
from typing import Final, Self

from emulator.bench.gfi_line.caller import CallerEffect, GfiCaller, ToSend
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.units import Instant, seconds

_BETWEEN_TRIES: Final = 0.2
"""Seconds between two attempts to connect."""
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


class GfiClient:
    """A line from this side.

    Args:
        address: host and port.
        patience: seconds for which it tries to connect.

    Raises:
        EnvironmentFault: when nobody listens there.
    """

    def __init__(self, address: tuple[str, int], *, patience: float = 0.0) -> None:
        self.caller = GfiCaller()
        self._name = f"{address[0]}:{address[1]}"
        self._began = monotonic()
        self._line = self._connected(address, patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()

    @property
    def now(self) -> Instant:
        """Since it was made, by the wall clock."""
        return Instant(int((monotonic() - self._began) * seconds(1)))

    def do(self, effects: Sequence[CallerEffect]) -> Iterator[CallerEffect]:
        """Send what is to be sent; the rest is what came of it.

        Raises:
            EnvironmentFault: when the line is gone.
        """
        for effect in effects:
            if isinstance(effect, ToSend):
                self._send(effect.octets)
            else:
                yield effect

    def listen(self, duration: float, done: Callable[[], bool]) -> Iterator[CallerEffect]:
        """What comes, until `done` holds or the time is over.

        Args:
            duration: seconds of wall clock.
            done: asked after everything that came.

        Raises:
            EnvironmentFault: when the line is gone.
        """
        until = monotonic() + duration
        while not done():
            rest = until - monotonic()
            if rest <= 0:
                return
            deadline = self.caller.deadline
            if deadline is not None:
                rest = min(rest, max(0.0, (deadline - self.now) / seconds(1)))
            octets = self._receive(max(rest, 0.001))
            if octets:
                yield from self.do(self.caller.received(octets, self.now))
            yield from self.do(self.caller.wake(self.now))

    def _receive(self, timeout: float) -> bytes:
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

    def _send(self, octets: bytes) -> None:
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
            sleep(_BETWEEN_TRIES)
