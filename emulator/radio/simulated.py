"""A radio on the simulated air with the duties of an RCP.

It filters addresses, competes for the channel as its page asks, acknowledges, waits for
acknowledgements, repeats frames, answers data requests with the pending bit and measures energy
(IEEE 802.15.4-2006 7.5), and tells how its duty cycle stands where there is one (R22 Annex D).
"""

from collections import deque
from collections.abc import Callable
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.scheduler import Action, Scheduler, Timer
from emulator.kernel.streams import Stream
from emulator.kernel.units import NEVER, Duration, Instant, later
from emulator.radio.acknowledgement import (
    Pending,
    acknowledgement_on_air,
    acknowledges,
    is_acknowledgement,
    says_pending,
    wants_acknowledgement,
)
from emulator.radio.address_filter import AddressFilter, addressed
from emulator.radio.air import Air
from emulator.radio.bands import Band, band_of
from emulator.radio.channel_access import Access, ChannelAccess, Step
from emulator.radio.csma import CsmaCa
from emulator.radio.duty_cycle import DutyCycle
from emulator.radio.duty_watch import DutyWatch
from emulator.radio.fcs import fcs_right, with_fcs
from emulator.radio.levels import energy_level, link_quality
from emulator.radio.listen_before_talk import ListenBeforeTalk
from emulator.radio.phy.pages import PHYS, Phy
from emulator.radio.port import (
    Channel,
    RadioAliases,
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
from emulator.radio.radio_state import DEAF, RadioState
from emulator.radio.settings import RadioSettings
from emulator.radio.signals import Meter

_ACK_OCTETS: Final = 5
"""The shortest frame; no other that a radio takes is as short."""
_USUAL: Final = RadioSettings()


class SimulatedRadio:
    """One transceiver; implements `emulator.radio.port.Radio`.

    Args:
        name: the node it belongs to, by which links and streams know it.
        air: the medium it is on.
        scheduler: the time it lives in.
        stream: where its back-offs come from.
        settings: how often it tries, and what it makes of a signal.
        port: what tells it from another radio at the same place, as in a dual-band hub.
    """

    def __init__(  # noqa: PLR0913 - what a radio is made of, by name
        self,
        name: str,
        air: Air,
        scheduler: Scheduler,
        stream: Stream,
        settings: RadioSettings = _USUAL,
        *,
        port: str = "",
    ) -> None:
        self.name = name
        self.listening_since: Instant = NEVER
        self.state = RadioState.IDLE
        self._air = air
        self._scheduler = scheduler
        self._max_retries = settings.csma.max_frame_retries
        self._receiver = settings.receiver
        self._listener: Callable[[RadioEvent], None] | None = None
        self._duty = DutyCycle(settings.duty_cycle)
        self._duty_watch = DutyWatch(self._duty, scheduler, self._emit)
        self._accesses: dict[Band, ChannelAccess] = {
            Band.GHZ_2_4: CsmaCa(name, air, stream, settings.csma),
            Band.SUB_GHZ: ListenBeforeTalk(
                name, air, stream, settings.listen_before_talk, self._duty
            ),
        }
        self._phy: Phy = PHYS[0]
        self._access = self._accesses[Band.GHZ_2_4]
        self._forget()
        air.attach(self, port)

    def _forget(self) -> None:
        self._config: RadioConfig | None = None
        self._filter: AddressFilter | None = None
        self._promiscuous, self._usual_power = False, 0
        self._aliases = RadioAliases(frozenset(), frozenset())
        self._pending = Pending()
        self._queue: deque[RadioTransmit | RadioEnergyScan] = deque()
        self._timer: Timer | None = None
        self._handle = 0
        self._sending = RadioTransmit(0, b"")
        self._frame = b""
        self._power = 0
        self._retries_left = 0
        self._owed: tuple[bytes, int, float] | None = None
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
            case RadioAliases():
                self._answer_for(command)

    def power(self, *, on: bool) -> None:
        """Switch the supply; off forgets configuration, queue and what was on its way."""
        if on == (self.state is not RadioState.OFF):
            return
        for timer in filter(None, (self._timer, self._owed_timer)):
            timer.cancel()
        if self.state is RadioState.ON_AIR or self._acking:
            self._air.cut(self)
        if self._meter is not None:
            self._air.release(self._meter)
        self._access.abandon()
        self._duty_watch.forget()
        self._forget()
        self._air.tune(self, None)
        self._enter(RadioState.IDLE if on else RadioState.OFF)

    def _configure(self, config: RadioConfig) -> None:
        before, self._config = self._config, config
        if before is None or config.channel != before.channel:
            self._tune(config.channel)
        self._promiscuous, self._usual_power = config.promiscuous, config.power
        if before is None or addressed(config) != addressed(before):
            self._filter = AddressFilter(config, self._aliases)
        self._listen()

    def _answer_for(self, aliases: RadioAliases) -> None:
        self._aliases = aliases
        if self._config is not None:
            self._filter = AddressFilter(self._config, aliases)

    def _tune(self, channel: Channel) -> None:
        """Be on a channel, and keep the rules of its page."""
        self._air.tune(self, channel)
        self.listening_since = NEVER
        self._phy = PHYS[channel.page]
        access = self._accesses[band_of(channel)]
        if access is not self._access:
            self._access.abandon()
            self._access = access

    # What the air says.

    def accepts(self, psdu: bytes) -> bool:
        """Whether the address filter takes the frame, and it is no stray acknowledgement."""
        stray = len(psdu) == _ACK_OCTETS and self.state is not RadioState.ACK_WAIT
        taken = self._filter
        if taken is None or (stray and not self._promiscuous):
            return False
        return taken.accepts(psdu)

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        """Take a frame that was understood."""
        if not fcs_right(psdu):
            return
        if self._promiscuous:
            self._report(psdu, rss, success)
            return
        if is_acknowledgement(psdu):
            if self.state is RadioState.ACK_WAIT and acknowledges(psdu, self._frame):
                self._finish(TransmitOutcome.ACKED, pending=says_pending(psdu))
            return
        if not wants_acknowledgement(psdu):
            self._report(psdu, rss, success)
            return
        self._owed = (psdu, rss, success)
        self.listening_since = NEVER
        self._air.answer(self)

    def sent(self) -> None:
        """The last symbol of what it sent ended."""
        if self._acking:
            self._acknowledged()
        elif wants_acknowledgement(self._frame):
            self.state = RadioState.ACK_WAIT
            if self._owed is None:
                self.listening_since = self._scheduler.now
            self._timer = self._scheduler.after(self._phy.ack_wait, self._not_acknowledged)
        else:
            self._finish(TransmitOutcome.SENT)

    # Acknowledging.

    def acknowledge_after(self, turnaround: Duration) -> None:
        """As `Answerer.acknowledge_after`."""
        self._owed_timer = self._scheduler.after(turnaround, self.acknowledge)

    def acknowledge(self) -> None:
        """As `Answerer.acknowledge`, where the rules of the page let it."""
        self._owed_timer = None
        config, owed = self._config, self._owed
        if owed is None or config is None:
            return
        psdu = acknowledgement_on_air(owed[0], self._pending)
        airtime, now = self._phy.airtime(len(psdu)), self._scheduler.now
        if not self._access.may_acknowledge(config.channel, airtime, now):
            self._acknowledged()
            return
        self._acking = True
        if self._access.counts:
            self._count(airtime, acknowledgement=True)
        self._air.carry(self, config.channel, psdu, config.power)

    def _acknowledged(self) -> None:
        self._acking = False
        owed, self._owed = self._owed, None
        self._listen()
        if owed is not None:
            self._report(*owed)

    # Sending: the access of the page, then the acknowledgement (7.5.6.4).

    def _next(self) -> None:
        if not self._queue:
            self._enter(RadioState.IDLE)
            return
        match self._queue.popleft():
            case RadioTransmit() as command:
                self._handle = command.handle
                self._frame = with_fcs(command.psdu)
                self._power = self._usual_power if command.power is None else command.power
                most = command.max_retries
                self._retries_left = self._max_retries if most is None else most
                self._sending = command
                self._compete()
            case RadioEnergyScan(channel, duration):
                self._measure(channel, duration)

    def _compete(self) -> None:
        if not self._sending.csma:
            self._go_on(Access.CLEAR)
            return
        if self.state is RadioState.IDLE:
            self.state = RadioState.BACKOFF  # hears what it heard before
        else:
            self._enter(RadioState.BACKOFF)
        airtime = self._phy.airtime(len(self._frame))
        step = self._access.begin(
            self._channel(), airtime, self._scheduler.now, self._sending.max_backoffs
        )
        if step is Access.REFUSED:
            # Told a moment later, so that a queue of frames ends in its order.
            self._after(Duration(0), lambda: self._go_on(step))
        else:
            self._go_on(step)

    def _assess(self) -> None:
        now = self._scheduler.now
        step = self._access.assess(now, engaged=self._owed is not None)
        if step is Access.CLEAR and self._scheduler.skip_to(later(now, self._phy.turnaround)):
            self._send()
        else:
            self._go_on(step)

    def _go_on(self, step: Step) -> None:
        """Wait for the next assessment, send, or give up."""
        if step is Access.CLEAR:
            self._enter(RadioState.TURNAROUND)
            self._after(self._phy.turnaround, self._send)
        elif isinstance(step, Access):
            self._finish(TransmitOutcome.CHANNEL_ACCESS_FAILURE)
        else:
            self._after(step, self._assess)

    def _send(self) -> None:
        self._timer = None
        self.state = RadioState.ON_AIR
        self.listening_since = NEVER
        if self._access.counts:
            self._count(self._phy.airtime(len(self._frame)), acknowledgement=False)
        self._air.carry(self, self._channel(), self._frame, self._power)

    def _count(self, airtime: Duration, *, acknowledgement: bool) -> None:
        """Count a transmission that begins now, where air time is limited."""
        self._access.sends(airtime, self._scheduler.now, acknowledgement=acknowledgement)
        self._duty_watch.count(self._channel())

    def _not_acknowledged(self) -> None:
        if self._retries_left <= 0:
            self._finish(TransmitOutcome.NO_ACK)
            return
        self._retries_left -= 1
        self._compete()

    def _finish(self, outcome: TransmitOutcome, *, pending: bool = False) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        event = RadioTransmitted(self._handle, outcome, pending)
        self._next()
        self._emit(event)

    @property
    def air_time(self) -> Duration:
        """Air time that counts now, of a radio below 1 GHz."""
        return self._duty.used(self._scheduler.now)

    def spend(self, airtime: Duration) -> None:
        """Count air time as if it had been sent just now, on a radio that has its channel."""
        self._duty.add(airtime, self._scheduler.now)
        self._duty_watch.count(self._channel())

    # Measuring.

    def _measure(self, channel: Channel, duration: Duration) -> None:
        self._enter(RadioState.ENERGY_SCAN)
        meter = self._meter = self._air.meter(self.name, channel)
        self._after(duration, lambda: self._measured(meter))

    def _measured(self, meter: Meter) -> None:
        self._air.release(meter)
        self._meter = None
        peak, page = meter.peak, meter.channel.page
        level = 0 if peak is None else energy_level(peak, self._receiver, page)
        self._next()
        self._emit(RadioEnergy(meter.channel, level, peak))

    # The receiver.

    def _enter(self, state: RadioState) -> None:
        self.state = state
        self._listen()

    def _listen(self) -> None:
        """Note since when the receiver listens without a break."""
        config = self._config
        if (
            config is None
            or self.state in DEAF
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

    def _report(self, psdu: bytes, rss: int, success: float) -> None:
        quality = link_quality(rss, self._receiver, self._channel().page, success)
        self._emit(RadioReceived(psdu[:-2], rss, quality))

    def _emit(self, event: RadioEvent) -> None:
        if self._listener is not None:
            self._listener(event)

    def _after(self, duration: Duration, action: Action) -> None:
        self._timer = self._scheduler.after(duration, action)
