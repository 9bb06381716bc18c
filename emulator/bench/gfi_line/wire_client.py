"""This side of a wire to an ITCH: sends commands, and listens until everything is answered."""

from collections.abc import Callable, Iterator, Sequence
from select import select
from time import monotonic, sleep
from types import TracebackType
from typing import Final, Self

from emulator.bench.gfi_line.caller import CallerEffect, GfiCaller, ToSend
from emulator.bench.gfi_line.wire_settings import USUAL, WireSettings
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.extensions import load
from emulator.kernel.units import Instant, seconds
from emulator.lab.radios.lines import HostedLine

_BETWEEN_TRIES: Final = 0.2
"""Seconds between two attempts to open the line."""
_STUCK: Final = 10.0
"""Seconds after which a line that takes nothing is lost."""


def is_wire(text: str) -> bool:
    """Whether a line is written as a serial port, or as tcp://HOST:PORT."""
    return "://" in text or "/" in text or text.upper().startswith("COM")


def check_wire(text: str, settings: WireSettings = USUAL) -> None:
    """Let the address of a wire pass; raises `UsageError` when it is none."""
    load("hanlab.lines", "address")(settings.place(text))


class WireClient:
    """A wire, opened for nobody else; speaks like `emulator.bench.gfi_line.client.GfiClient`.

    Args:
        port: a serial path or tcp://HOST:PORT.
        settings: of the wire.
        patience: seconds for which it tries to open it.

    Raises:
        EnvironmentFault: when it does not open; says why and what to do.
    """

    def __init__(self, port: str, settings: WireSettings = USUAL, *, patience: float = 0.0) -> None:
        self.caller = GfiCaller()
        self._settings = settings
        self._began = monotonic()
        self._line = _opened(settings.place(port), patience)

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
            EnvironmentFault: when the line is lost.
        """
        for effect in effects:
            if isinstance(effect, ToSend):
                self._send(self._settings.framed(effect.octets))
            else:
                yield effect

    def listen(self, duration: float, done: Callable[[], bool]) -> Iterator[CallerEffect]:
        """What comes, until `done` holds or so many seconds are over.

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
                rest = min(rest, max(0.001, (deadline - self.now) / seconds(1)))
            readable, _, _ = select((self._line.fileno(),), (), (), rest)
            octets = self._line.read() if readable else b""
            if octets:
                yield from self.do(self.caller.received(octets, self.now))
            yield from self.do(self.caller.wake(self.now))

    def _send(self, octets: bytes) -> None:
        self._line.write(octets)
        until = monotonic() + _STUCK
        while self._line.unsent:
            if monotonic() > until:
                raise EnvironmentFault(f"{self._line.name}: takes nothing: is an ITCH there?")
            select((), (self._line.fileno(),), (), 0.1)
            self._line.flush()


def _opened(place: str, patience: float) -> HostedLine:
    until = monotonic() + patience
    opener = load("hanlab.lines", "open")
    while True:
        try:
            line: HostedLine = opener(place)
        except EnvironmentFault:
            if monotonic() >= until:
                raise
            sleep(_BETWEEN_TRIES)
            continue
        return line
