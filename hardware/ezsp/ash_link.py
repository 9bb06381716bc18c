"""The co-processor's end of an ASH connection: order, acknowledgement, repetition (UG101 5)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from emulator.kernel.scheduler import Scheduler, Timer
from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, Instant, seconds
from hardware.ezsp.ash import (
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

RESET_POWER_ON: Final = 0x02
RESET_SOFTWARE: Final = 0x0B
TOO_MANY_TIMEOUTS: Final = 0x51
"""Reset and error codes (UG101 3.7, 3.8)."""


@dataclass(frozen=True, slots=True)
class AshSettings:
    """Times and counts of the co-processor's end."""

    window: int = setting(3, source="UG101 5.2: 1 to 7 frames without acknowledgement")
    ack_wait: Duration = setting(seconds(1.6), source="UG101 Table 6-1, T_RX_ACK_INIT")
    longest_wait: Duration = setting(seconds(3.2), source="UG101 Table 6-1, T_RX_ACK_MAX")
    timeouts: int = setting(4, source="UG101 Table 6-1, ACK_TIMEOUTS", verified=False)
    not_ready: Duration = setting(seconds(1), source="UG101 Table 6-1, T_REMOTE_NOTRDY")
    """How long a host that is not ready is spared new frames."""


_USUAL: Final = AshSettings()


class AshLink:
    """Delivers whole EZSP frames in order, and sends ours until the host has them.

    Args:
        scheduler: the time it lives in.
        deliver: takes the EZSP frames of the host.
        restart: called when the host asks for a reset, before that is acknowledged.
        settings: times and counts.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        deliver: Callable[[bytes], None],
        restart: Callable[[], None],
        settings: AshSettings = _USUAL,
    ) -> None:
        self._scheduler = scheduler
        self._deliver = deliver
        self._restart = restart
        self._settings = settings
        self._send: Callable[[bytes], None] = _nowhere
        self._timer: Timer | None = None
        self.noise = 0
        """Stretches between flags that were no frame."""
        self._begin()

    def connect(self, send: Callable[[bytes], None]) -> None:
        """Give every octet for the host to `send`."""
        self._send = send

    def receive(self, octets: bytes) -> None:
        """Take octets of the host, whatever they are."""
        for frame in self._reader.feed(octets):
            self._frame(frame)

    def begin(self, code: int) -> None:
        """Begin anew, and tell the host why."""
        self._begin()
        self._connected = True
        self._write(ResetAck(code))

    def send(self, frame: bytes) -> None:
        """Send an EZSP frame, in its turn; before a reset was acknowledged it goes nowhere."""
        if self._connected:
            self._queue.append(frame)
            self._fill()

    def _begin(self) -> None:
        self._reader = AshReader()
        self._queue: deque[bytes] = deque()
        self._sent: deque[DataFrame] = deque()
        self._next = self._awaited = 0
        self._rejecting = False
        self._connected = False
        self._failed: int | None = None
        self._timeouts = 0
        self._wait = self._settings.ack_wait
        self._resume: Instant | None = None
        self._cancel()

    # What the host sends

    def _frame(self, frame: AshFrame | Noise) -> None:
        if isinstance(frame, ResetFrame):
            self._restart()
            self.begin(RESET_SOFTWARE)
        elif self._failed is not None:
            self._write(ErrorFrame(self._failed))
        elif self._connected:
            self._in_order(frame)

    def _in_order(self, frame: AshFrame | Noise) -> None:
        match frame:
            case DataFrame():
                self._acknowledged(frame.awaited)
                self._data(frame)
            case AckFrame(awaited, not_ready):
                self._ready(not_ready=not_ready)
                self._acknowledged(awaited)
            case NakFrame(awaited, not_ready):
                self._ready(not_ready=not_ready)
                self._acknowledged(awaited)
                self._repeat()
            case Noise():
                self.noise += 1
                self._reject()
            case _:
                pass  # RSTACK and ERROR are ours to send

    def _data(self, frame: DataFrame) -> None:
        if frame.number == self._awaited:
            self._awaited = (self._awaited + 1) % NUMBERS
            self._rejecting = False
            self._write(AckFrame(self._awaited))
            self._deliver(frame.data)
        elif frame.repeated:
            self._write(AckFrame(self._awaited))
        else:
            self._reject()

    def _reject(self) -> None:
        """Ask for the frame we wait for, once (UG101 5.3)."""
        if not self._rejecting:
            self._rejecting = True
            self._write(NakFrame(self._awaited))

    def _ready(self, *, not_ready: bool) -> None:
        later = Instant(self._scheduler.now + self._settings.not_ready)
        self._resume = later if not_ready else None

    def _acknowledged(self, awaited: int) -> None:
        """Frames before `awaited` arrived; a number of no frame under way tells nothing."""
        numbers = [(frame.number + 1) % NUMBERS for frame in self._sent]
        if awaited not in numbers:
            return
        for _ in range(numbers.index(awaited) + 1):
            self._sent.popleft()
        self._timeouts = 0
        self._wait = self._settings.ack_wait
        self._cancel()
        self._fill()
        self._arm()

    # What we send

    def _fill(self) -> None:
        """Send what waits, as far as the window goes."""
        if self._resume is not None and self._scheduler.now < self._resume:
            self._arm()
            return
        while self._queue and len(self._sent) < self._settings.window:
            frame = DataFrame(self._next, self._awaited, self._queue.popleft())
            self._next = (self._next + 1) % NUMBERS
            self._sent.append(frame)
            self._write(frame)
        self._arm()

    def _repeat(self) -> None:
        """Send everything again that was not acknowledged."""
        self._cancel()
        for frame in tuple(self._sent):
            self._write(DataFrame(frame.number, self._awaited, frame.data, repeated=True))
        self._arm()

    def _arm(self) -> None:
        if self._timer is None and (self._sent or self._queue):
            self._timer = self._scheduler.after(self._wait, self._overdue)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _overdue(self) -> None:
        self._timer = None
        if not self._sent:
            self._fill()
            return
        self._timeouts += 1
        if self._timeouts >= self._settings.timeouts:
            self._begin()
            self._failed = TOO_MANY_TIMEOUTS
            self._write(ErrorFrame(TOO_MANY_TIMEOUTS))
            return
        self._wait = Duration(min(2 * self._wait, self._settings.longest_wait))
        self._repeat()

    def _write(self, frame: AshFrame) -> None:
        self._send(ash_octets(frame))


def _nowhere(_octets: bytes) -> None:
    """Where octets go while no host is connected."""
