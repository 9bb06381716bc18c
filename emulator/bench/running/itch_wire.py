"""A wired ITCH as the way to a device: what the bench sends goes down the wire as lines of text."""

from collections.abc import Sequence

from emulator.bench.gfi_line.caller import (
    Alerted,
    Answered,
    CallerEffect,
    GfiCaller,
    Strange,
    ToSend,
)
from emulator.bench.gfi_line.wire_settings import USUAL, WireSettings
from emulator.bench.running.ways import Up
from emulator.gbcs.envelope import Message
from emulator.gbcs.gfi import MAXIMUM_OCTETS
from emulator.kernel.extensions import load
from emulator.kernel.scheduler import Scheduler, Timer
from emulator.lab.radios.lines import LineHost, Send

NAME = "itch"


class ItchWire:
    """The bench's end of the wire.

    Args:
        port: a serial path or tcp://HOST:PORT.
        scheduler: the time of the run, which waits for the wire.
        up: told every message that comes.
        settings: transport.
    """

    def __init__(
        self, port: str, scheduler: Scheduler, up: Up, settings: WireSettings = USUAL
    ) -> None:
        self._place = settings.place(port)
        self._settings = settings
        self._scheduler = scheduler
        self._up = up
        self._caller = GfiCaller()
        self._send: Send | None = None
        self._timer: Timer | None = None

    def open(self, lines: LineHost) -> None:
        """Open the wire for the whole run.

        Raises:
            EnvironmentFault: when it does not open; says why and what to do.
        """
        opener = load("hanlab.lines", "open")
        self._send = lines.open(NAME, lambda: opener(self._place), self._received)

    def down(self, octets: bytes) -> None:
        """Send a message, in blocks where one line does not hold it, or octets that are none."""
        if len(octets) > MAXIMUM_OCTETS:
            self._do(self._caller.send(Message.decode(octets), self._scheduler.now))
        else:
            self._do(self._caller.send_octets(octets))

    def _received(self, octets: bytes) -> None:
        self._do(self._caller.received(octets, self._scheduler.now))

    def _wake(self) -> None:
        self._timer = None
        self._do(self._caller.wake(self._scheduler.now))

    def _do(self, effects: Sequence[CallerEffect]) -> None:
        for effect in effects:
            self._one(effect)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        deadline = self._caller.deadline
        if deadline is not None:
            self._timer = self._scheduler.at(max(deadline, self._scheduler.now), self._wake)

    def _one(self, effect: CallerEffect) -> None:
        match effect:
            case ToSend(octets):
                assert self._send is not None  # noqa: S101 - opened before anything is sent
                self._send(self._settings.framed(octets))
            case Answered(message) | Alerted(message):
                self._up(message.encode())
            case Strange(_, octets):
                if octets:
                    self._up(octets)
