"""A network co-processor that only listens, by its manufacturing library (UG100, `mfglib`).

It is on no network meanwhile. Firmware gives frames whose FCS was right, without it and without
the time at which they came; acknowledgements are not among them from EmberZNet 6.8 on.
"""

from collections.abc import Callable
from typing import Final

from emulator.kernel.errors import WireError
from emulator.kernel.scheduler import Scheduler, Timer
from emulator.kernel.units import Duration, seconds
from emulator.lab.radios.lines import Send
from emulator.lab.sniffing.kinds import SniffedFrame
from emulator.radio.fcs import FCS_SIZE, with_fcs
from emulator.radio.port import Channel
from hardware.ezsp.formats import Captured, Octet
from hardware.ezsp.frames import EZSP_VERSION, EzspAnswer, ask, ask_version, read_answer
from hardware.ezsp.host_link import AshHost
from hardware.ezsp.identifiers import Command
from hardware.line.byte_line import LineFault

_PATIENCE: Final[Duration] = seconds(1)
_TRIES: Final = 5
_RESETS: Final = 8
"""Resets without one answer between them."""
_LISTEN: Final = Octet(1).encode()
"""That `mfglibStart` is to tell of frames."""


class EzspSniffer:
    """Implements `emulator.lab.sniffing.kinds.Sniffer`.

    Args:
        name: for messages.
        scheduler: the time it lives in.
        heard: told of every frame.
    """

    def __init__(
        self, name: str, scheduler: Scheduler, heard: Callable[[SniffedFrame], None]
    ) -> None:
        self._name = name
        self._scheduler = scheduler
        self._heard = heard
        self._line: Send = _nowhere
        self._host = AshHost(self._write)
        self._channel = Channel(0, 11)
        self._to_do: list[tuple[int, bytes]] = []
        self._asked: int | None = None
        self._protocol: int | None = None
        self._sequence = 0
        self._listening = False
        self._tries = 0
        self._resets = 0
        self._timer: Timer | None = None

    @property
    def troubles(self) -> str:
        """What went wrong and was mended; empty when nothing did."""
        counts = (
            (self._host.noise, "times noise on the line"),
            (self._host.resets, "resets of the dongle"),
        )
        return ", ".join(f"{count} {what}" for count, what in counts if count)

    def attach(self, send: Send) -> None:
        """Send octets through `send`; what comes in on that line goes to `receive`."""
        self._line = send

    def tune(self, channel: Channel) -> None:
        """Listen on a channel of page 0 from now on."""
        begun = self._timer is not None or self._listening
        self._channel = channel
        if not begun:
            self._host.reset()
            self._wait()
        elif self._listening:
            self._to_do = [self._tuning()]
            self._go_on()

    def receive(self, octets: bytes) -> None:
        """Take octets from the line, whatever they are.

        Raises:
            LineFault: when the dongle refuses to listen, or resets again and again.
        """
        before = self._host.connected, self._host.resets
        for frame in self._host.receive(octets):
            try:
                self._take(read_answer(frame))
            except WireError:
                self._host.noise += 1
        if self._host.failure is not None:
            self._host.reset()
        elif self._host.connected and before != (True, self._host.resets):
            self._began()

    def _began(self) -> None:
        """The dongle is at its beginning: everything is asked for again."""
        self._resets += 1
        if self._resets > _RESETS:
            raise LineFault(
                f"{self._name}: the dongle resets again and again: use another cable or port, or "
                "flash it anew"
            )
        self._listening, self._protocol, self._asked = False, None, None
        self._to_do = [
            (Command.VERSION, bytes((EZSP_VERSION,))),
            (Command.MFGLIB_START, _LISTEN),
            self._tuning(),
        ]
        self._go_on()

    def _tuning(self) -> tuple[int, bytes]:
        return Command.MFGLIB_SET_CHANNEL, Octet(self._channel.number).encode()

    def _go_on(self) -> None:
        if self._asked is not None or not self._to_do:
            return
        command, parameters = self._to_do.pop(0)
        self._sequence = (self._sequence + 1) % 256
        self._asked, self._tries = command, 0
        first = command == Command.VERSION and self._protocol is None
        self._host.ask(
            ask_version(self._sequence, EZSP_VERSION)
            if first
            else ask(self._sequence, command, parameters)
        )
        self._wait()

    def _take(self, answer: EzspAnswer) -> None:
        if answer.command == Command.MFGLIB_RX_HANDLER:
            self._captured(Captured.decode(answer.parameters))
        elif self._asked is not None and answer.sequence == self._sequence:
            asked, self._asked, self._resets = self._asked, None, 0
            self._answered(asked, answer)
            self._go_on()

    def _answered(self, asked: int, answer: EzspAnswer) -> None:
        if asked == Command.VERSION:
            protocol = answer.parameters[0] if answer.parameters else 0
            if self._protocol is None and protocol != EZSP_VERSION:
                self._to_do.insert(0, (Command.VERSION, bytes((protocol,))))
            self._protocol = protocol
        elif answer.command != asked or any(answer.parameters):
            self._refused(asked, answer.parameters)
        else:
            self._listening = True

    def _refused(self, asked: int, status: bytes) -> None:
        if asked == Command.MFGLIB_START:
            raise LineFault(
                f"{self._name}: this firmware cannot listen to others (mfglibStart: "
                f"0x{status[::-1].hex()}): flash EmberZNet with its manufacturing library, or an "
                "OpenThread RCP image"
            )
        raise LineFault(f"{self._name}: does not listen on channel {self._channel.number}")

    def _captured(self, told: Captured) -> None:
        if len(told.frame) > FCS_SIZE:
            whole = with_fcs(told.frame[:-FCS_SIZE])
            self._heard(SniffedFrame(whole, told.rssi, self._channel))

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._scheduler.after(_PATIENCE, self._overdue)

    def _overdue(self) -> None:
        if self._host.connected and self._asked is None:
            return
        self._tries += 1
        if self._tries >= _TRIES:
            raise LineFault(f"{self._name}: the dongle answers no more: plug it in again")
        self._host.repeat()
        self._wait()

    def _write(self, octets: bytes) -> None:
        self._line(octets)


def _nowhere(_octets: bytes) -> None:
    """Where octets go before there is a line."""
