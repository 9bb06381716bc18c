"""The host's end of an ASH connection, one command at a time (Silicon Labs UG101)."""

from collections.abc import Callable, Sequence
from typing import Final

from hardware.ezsp.ash import (
    CANCEL,
    NUMBERS,
    AckFrame,
    AshFrame,
    AshReader,
    DataFrame,
    ErrorFrame,
    NakFrame,
    Noise,
    ResetAck,
    ResetFrame,
    ash_octets,
)

_CLEAR: Final = bytes((CANCEL,))


class AshHost:
    """Asks for resets, sends EZSP frames, and takes those of the co-processor in order.

    Args:
        send: takes octets for the line.
    """

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self.connected = False
        """Whether the co-processor said that it began anew, and did not fail since."""
        self.resets = 0
        """Times it began anew without having been asked to."""
        self.noise = 0
        """Stretches between flags that were no frame."""
        self.failure: int | None = None
        """The code of the error after which it does nothing until it is reset."""
        self._send = send
        self._reader = AshReader()
        self._next = self._awaited = 0
        self._sent: DataFrame | None = None
        self._asked = False

    def reset(self) -> None:
        """Ask the co-processor to begin anew."""
        self._forget()
        self._asked = True
        self._send(_CLEAR + ash_octets(ResetFrame()))

    def ask(self, frame: bytes) -> None:
        """Send an EZSP frame; the one before has been answered, or is given up."""
        self._sent = DataFrame(self._next, self._awaited, frame)
        self._next = (self._next + 1) % NUMBERS
        self._write(self._sent)

    def repeat(self) -> None:
        """Send again what was not acknowledged; the reset, when that was not answered."""
        if not self.connected:
            self.reset()
        elif self._sent is not None:
            sent = self._sent
            self._write(DataFrame(sent.number, self._awaited, sent.data, repeated=True))

    def receive(self, octets: bytes) -> Sequence[bytes]:
        """The EZSP frames that octets of the line bring, each once."""
        return [data for frame in self._reader.feed(octets) for data in self._frame(frame)]

    def _frame(self, frame: AshFrame | Noise) -> Sequence[bytes]:
        match frame:
            case ResetAck():
                self._began()
            case ErrorFrame(code):
                self._forget()
                self.failure = code
            case DataFrame() if self.connected:
                self._acknowledged(frame.awaited)
                return self._data(frame)
            case AckFrame(awaited):
                self._acknowledged(awaited)
            case NakFrame(awaited):
                self._acknowledged(awaited)
                self.repeat()
            case Noise():
                self.noise += 1
            case _:
                pass  # RST is the host's to send; data before RSTACK is of an earlier connection
        return ()

    def _began(self) -> None:
        self.resets += not self._asked
        self._forget()
        self.connected = True

    def _forget(self) -> None:
        self.connected = self._asked = False
        self.failure = self._sent = None
        self._next = self._awaited = 0

    def _data(self, frame: DataFrame) -> Sequence[bytes]:
        expected = frame.number == self._awaited
        if expected:
            self._awaited = (self._awaited + 1) % NUMBERS
        if expected or frame.repeated:
            self._write(AckFrame(self._awaited))
        else:
            self._write(NakFrame(self._awaited))
        return (frame.data,) if expected else ()

    def _acknowledged(self, awaited: int) -> None:
        if self._sent is not None and awaited == (self._sent.number + 1) % NUMBERS:
            self._sent = None

    def _write(self, frame: AshFrame) -> None:
        self._send(ash_octets(frame))
