"""This side of a wire to an ITCH."""

from select import select
from time import monotonic, sleep
from typing import Final

from emulator.bench.gfi_line.line_talk import BETWEEN_TRIES, LineTalk
from emulator.bench.gfi_line.wire_settings import USUAL, WireSettings
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.extensions import load
from emulator.lab.radios.lines import HostedLine

_STUCK: Final = 10.0
"""Seconds after which a line that takes nothing is lost."""


def is_wire(text: str) -> bool:
    """Whether a line is written as a serial port, or as tcp://HOST:PORT."""
    return "://" in text or "/" in text or text.upper().startswith("COM")


def check_wire(text: str, settings: WireSettings = USUAL) -> None:
    """Let the address of a wire pass; raises `UsageError` when it is none."""
    load("hanlab.lines", "address")(settings.place(text))


class WireClient(LineTalk):
    """A wire, opened for nobody else.

    Args:
        port: a serial path or tcp://HOST:PORT.
        settings: of the wire.
        patience: seconds for which it tries to open it.

    Raises:
        EnvironmentFault: when it does not open; says why and what to do.
    """

    def __init__(self, port: str, settings: WireSettings = USUAL, *, patience: float = 0.0) -> None:
        super().__init__()
        self._settings = settings
        self._line = _opened(settings.place(port), patience)

    def close(self) -> None:
        """Release the port."""
        self._line.close()

    def receive(self, timeout: float) -> bytes:
        """What comes within so many seconds; raises `EnvironmentFault` when the line is lost."""
        readable, _, _ = select((self._line.fileno(),), (), (), timeout)
        return self._line.read() if readable else b""

    def send(self, octets: bytes) -> None:
        """Write a frame as the wire ends its lines; raises `EnvironmentFault` when it is lost."""
        self._line.write(self._settings.framed(octets))
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
            sleep(BETWEEN_TRIES)
            continue
        return line
