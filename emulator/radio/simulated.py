"""A radio on the simulated air with the duties of an RCP.

It filters addresses, runs unslotted CSMA/CA, acknowledges, waits for acknowledgements, repeats
frames, answers data requests with the pending bit and measures energy (IEEE 802.15.4-2006 7.5).
"""

from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.scheduler import Action, Scheduler, Timer
from emulator.kernel.streams import Stream
from emulator.kernel.units import NEVER, Duration, Instant
from emulator.radio.acknowledgement import (
    Pending,
    acknowledgement,
    acknowledges,
    is_acknowledgement,
    says_pending,
    wants_acknowledgement,
)
from emulator.radio.address_filter import AddressFilter
from emulator.radio.air import CCA_TIME, SYMBOL, Air, Meter
from emulator.radio.fcs import fcs_right, with_fcs
from emulator.radio.levels import energy_level, link_quality
from emulator.radio.port import (
    Channel,
    RadioCommand,
    RadioConfig,
    RadioConfigure,
    RadioEnergy,
    RadioEnergyScan,
    RadioEvent,
    RadioPending,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.radio.settings import RadioSettings

UNIT_BACKOFF: Final = Duration(20 * SYMBOL)
"""aUnitBackoffPeriod (Table 85)."""
TURNAROUND: Final = Duration(12 * SYMBOL)
"""aTurnaroundTime (Table 22)."""
ACK_WAIT: Final = Duration(54 * SYMBOL)
"""macAckWaitDuration on O-QPSK at 2.4 GHz (Table 86)."""

_USUAL: Final = RadioSettings()


class RadioState(Enum):
    """What the radio's own sending, or measuring, is at."""

    OFF = auto()
    IDLE = auto()
    BACKOFF = auto()
    TURNAROUND = auto()
    ON_AIR = auto()
    ACK_WAIT = auto()
    ENERGY_SCAN = auto()


_DEAF: Final = frozenset(
    (RadioState.OFF, RadioState.TURNAROUND, RadioState.ON_AIR, RadioState.ENERGY_SCAN)
)


class SimulatedRadio:
    """One transceiver; implements `emulator.radio.port.Radio`.

    Args:
        name: the node it belongs to, by which links and streams know it.
        air: the medium it is on.
        scheduler: the time it lives in.
        stream: where its back-offs come from.
        settings: how often it tries, and what it makes of a signal.
    """

    def __init__(
        self,
        name: str,
        air: Air,
        scheduler: Scheduler,
        stream: Stream,
        settings: RadioSettings = _USUAL,
    ) -> None:
        self.name = name
        self.listening_since: Instant = NEVER
        self.state = RadioState.IDLE
        self._air = air
        self._scheduler = scheduler
        self._stream = stream
        self._csma = settings.csma
        self._receiver = settings.receiver
        self._listener: Callable[[RadioEvent], None] | None = None
        self._forget()
        air.attach(self)

    def _forget(self) -> None:
        self._config: RadioConfig | None = None
        self._filter: AddressFilter | None = None
        self._pending = Pending()
        self._queue: deque[RadioTransmit | RadioEnergyScan] = deque()
        self._timer: Timer | None = None
        self._handle = 0
        self._sending = RadioTransmit(0, b"")
        self._frame = b""
        self._backoffs = 0
        self._exponent = 0
        self._retries = 0
        self._owed: tuple[bytes, int] | None = None
        self._owed_timer: Timer | None = None
        self._acking = False
        self._meter: Meter | None = None

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        """Give every event to `listener`."""
        self._listener = listener

    def command(self, command: RadioCommand) -> None:
        """Carry out a command; commands to a radio without power are lost.

        Raises:
            LocalError: when it is asked to send before it was configured.
        """
        if self.state is RadioState.OFF:
            return
        match command:
            case RadioTransmit() | RadioEnergyScan():
                if self._config is None:
                    raise LocalError(f"{self.name}: asked to send before it was configured")
                self._queue.append(command)
                if self.state is RadioState.IDLE:
                    self._next()
            case RadioConfigure(config):
                self._configure(config)
            case RadioPending(shorts, extendeds, everyone):
                self._pending = Pending.of(shorts, extendeds, everyone=everyone)

    def power(self, *, on: bool) -> None:
        """Switch the supply; off forgets configuration, queue and what was on its way."""
        if on == (self.state is not RadioState.OFF):
            return
        for timer in (self._timer, self._owed_timer):
            if timer is not None:
                timer.cancel()
        if self.state is RadioState.ON_AIR or self._acking:
            self._air.cut(self)
        if self._meter is not None:
            self._air.release(self._meter)
        self._forget()
        self._air.tune(self, None)
        self._enter(RadioState.IDLE if on else RadioState.OFF)

    def _configure(self, config: RadioConfig) -> None:
        if self._config is None or config.channel != self._config.channel:
            self._air.tune(self, config.channel)
            self.listening_since = NEVER
        self._config = config
        self._filter = AddressFilter(config)
        self._listen()

    # What the air says.

    def accepts(self, psdu: bytes) -> bool:
        """Whether the address filter takes the frame."""
        return self._filter is not None and self._filter.accepts(psdu)

    def hear(self, psdu: bytes, rss: int) -> None:
        """Take a frame that was understood."""
        if not fcs_right(psdu):
            return
        if self._config is not None and self._config.promiscuous:
            self._report(psdu, rss)
            return
        if is_acknowledgement(psdu):
            if self.state is RadioState.ACK_WAIT and acknowledges(psdu, self._frame):
                self._finish(TransmitOutcome.ACKED, pending=says_pending(psdu))
            return
        if not wants_acknowledgement(psdu):
            self._report(psdu, rss)
            return
        self._owed = (psdu, rss)
        self._listen()
        self._owed_timer = self._scheduler.after(TURNAROUND, self._acknowledge)

    def sent(self) -> None:
        """The last symbol of what it sent ended."""
        if self._acking:
            self._acknowledged()
        elif wants_acknowledgement(self._frame):
            self._enter(RadioState.ACK_WAIT)
            self._after(ACK_WAIT, self._not_acknowledged)
        else:
            self._finish(TransmitOutcome.SENT)

    # Acknowledging.

    def _acknowledge(self) -> None:
        self._owed_timer = None
        if self._owed is not None:
            self._acking = True
            psdu = with_fcs(acknowledgement(self._owed[0], self._pending))
            self._air.transmit(self, self._channel(), psdu)

    def _acknowledged(self) -> None:
        self._acking = False
        owed, self._owed = self._owed, None
        self._listen()
        if owed is not None:
            self._report(*owed)

    # Sending: unslotted CSMA/CA (7.5.1.4), then the acknowledgement (7.5.6.4).

    def _next(self) -> None:
        if not self._queue:
            self._enter(RadioState.IDLE)
            return
        match self._queue.popleft():
            case RadioTransmit() as command:
                self._handle = command.handle
                self._frame = with_fcs(command.psdu)
                self._retries = 0
                self._sending = command
                self._compete()
            case RadioEnergyScan(channel, duration):
                self._measure(channel, duration)

    def _compete(self) -> None:
        self._backoffs = 0
        self._exponent = self._csma.min_backoff_exponent
        if not self._sending.csma:
            self._enter(RadioState.TURNAROUND)
            self._after(TURNAROUND, self._send)
            return
        self._enter(RadioState.BACKOFF)
        self._back_off()

    def _back_off(self) -> None:
        periods = self._stream.integer(0, (1 << self._exponent) - 1)
        self._after(Duration(periods * UNIT_BACKOFF + CCA_TIME), self._assess)

    def _assess(self) -> None:
        if self._owed is None and not self._air.busy(self.name, self._channel()):
            self._enter(RadioState.TURNAROUND)
            self._after(TURNAROUND, self._send)
            return
        self._backoffs += 1
        self._exponent = min(self._exponent + 1, self._csma.max_backoff_exponent)
        if self._backoffs > _of(self._sending.max_backoffs, self._csma.max_backoffs):
            self._finish(TransmitOutcome.CHANNEL_ACCESS_FAILURE)
        else:
            self._back_off()

    def _send(self) -> None:
        self._timer = None
        self._enter(RadioState.ON_AIR)
        self._air.transmit(self, self._channel(), self._frame)

    def _not_acknowledged(self) -> None:
        if self._retries >= _of(self._sending.max_retries, self._csma.max_frame_retries):
            self._finish(TransmitOutcome.NO_ACK)
            return
        self._retries += 1
        self._compete()

    def _finish(self, outcome: TransmitOutcome, *, pending: bool = False) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        event = RadioTransmitted(self._handle, outcome, pending)
        self._next()
        self._emit(event)

    # Measuring.

    def _measure(self, channel: Channel, duration: Duration) -> None:
        self._enter(RadioState.ENERGY_SCAN)
        meter = self._meter = self._air.meter(self.name, channel)
        self._after(duration, lambda: self._measured(meter))

    def _measured(self, meter: Meter) -> None:
        self._air.release(meter)
        self._meter = None
        level = 0 if meter.peak is None else energy_level(meter.peak, self._receiver)
        self._next()
        self._emit(RadioEnergy(meter.channel, level, meter.peak))

    # The receiver.

    def _enter(self, state: RadioState) -> None:
        self.state = state
        self._listen()

    def _listen(self) -> None:
        """Note since when the receiver listens without a break."""
        config = self._config
        if (
            config is None
            or self.state in _DEAF
            or self._owed is not None
            or not (config.receiver_on or self.state is RadioState.ACK_WAIT)
        ):
            self.listening_since = NEVER
        elif self.listening_since == NEVER:
            self.listening_since = self._scheduler.now

    def _channel(self) -> Channel:
        if self._config is None:
            raise LocalError(f"{self.name}: has no channel")
        return self._config.channel

    def _report(self, psdu: bytes, rss: int) -> None:
        self._emit(RadioReceived(psdu[:-2], rss, link_quality(rss, self._receiver)))

    def _emit(self, event: RadioEvent) -> None:
        if self._listener is not None:
            self._listener(event)

    def _after(self, duration: Duration, action: Action) -> None:
        self._timer = self._scheduler.after(duration, action)


def _of(told: int | None, usual: int) -> int:
    """What the frame itself says, or what the radio usually does."""
    return usual if told is None else told
