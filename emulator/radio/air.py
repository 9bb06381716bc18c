"""The simulated medium: airtime, who is tuned where, and what is on the air at the same time.

Every channel page has its own PHY, and many channels of many pages share one air. A transmission
can be understood at a place whose receiver listened from its first symbol to its last; what else
it takes is for the reception to say.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from emulator.kernel.construction import quick
from emulator.kernel.errors import LocalError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream, Streams
from emulator.kernel.units import Duration, Instant, later
from emulator.radio.links import Links
from emulator.radio.phy.pages import Phy, phy_of
from emulator.radio.port import Channel
from emulator.radio.reception import IdealReception, Reception
from emulator.radio.signals import Answerer, Ear, Meter, Signal, Transceiver


@quick
@dataclass(frozen=True, slots=True)
class Transmission:
    """What was sent: octets with FCS, by whom, when and where.

    Args:
        start: when its first symbol was on the air.
        duration: how long it lasts.
        channel: page and number.
        sender: name of the place that sent.
        psdu_with_fcs: what was sent.
        power: of the transmitter, dBm.
    """

    start: Instant
    duration: Duration
    channel: Channel
    sender: str
    psdu_with_fcs: bytes
    power: float = 0.0


class _Band:
    """Signals that disturb each other, and meters that see them."""

    __slots__ = ("meters", "signals")

    def __init__(self) -> None:
        self.signals: list[Signal] = []
        self.meters: list[Meter] = []

    def recent(self, since: Instant) -> list[Signal]:
        """Signals that were still there after `since`."""
        signals = self.signals
        if len(signals) == 1:
            if signals[0].end <= since:
                signals.clear()
        elif signals:
            signals[:] = [signal for signal in signals if signal.end > since]
        return signals

    def add(self, signal: Signal, since: Instant) -> None:
        """Put a signal beside those that were still there after `since`."""
        signals = self.recent(since)
        for other in signals:
            if other.end > signal.start:
                other.overlaps.append(signal)
                signal.overlaps.append(other)
        signals.append(signal)

    def measure(self, signal: Signal) -> None:
        """Let every meter see a signal, but for that of its sender."""
        for meter in self.meters:
            if meter.name != signal.sender.name:
                meter.signals.append(signal)


class Air:
    """One medium that every simulated radio of a run shares.

    Args:
        scheduler: whose time the transmissions take.
        streams: where the draws for lost frames come from, one stream a receiver.
        links: who is in reach of whom.
        reception: what is understood; the ideal one unless told.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        streams: Streams,
        links: Links,
        reception: Reception | None = None,
    ) -> None:
        self.radio_time = Duration(0)
        self.frames = 0
        self._scheduler = scheduler
        self._streams = streams
        self._links = links
        self._reception = IdealReception(links) if reception is None else reception
        self._version = links.version
        self._tuned: dict[Transceiver, Channel | None] = {}
        self._draws: dict[Transceiver, Stream] = {}
        self._attached: set[tuple[str, str]] = set()
        self._audiences: dict[tuple[str, int], tuple[Channel, tuple[Ear, ...]]] = {}
        self._places: dict[int, tuple[_Band, Phy]] = {}
        self._bands: dict[Hashable, _Band] = {}
        self._observers: list[Callable[[Transmission], None]] = []
        self._answering: list[Answerer] = []

    def listen(self, observer: Callable[[Transmission], None]) -> None:
        """Call `observer` once for every transmission, as its first symbol starts."""
        self._observers.append(observer)

    def stop_listening(self, observer: Callable[[Transmission], None]) -> None:
        """Call `observer` no more; nothing happens where it was not called."""
        self._observers = [each for each in self._observers if each != observer]

    def use(self, links: Links, reception: Reception) -> None:
        """From now on these links and this reception decide; before any radio is there.

        Raises:
            LocalError: when there is one.
        """
        if self._attached:
            raise LocalError("an air with radios on it stays what it is")
        self._links, self._reception = links, reception
        self._version = links.version

    def attach(self, radio: Transceiver, port: str = "") -> None:
        """Put a radio on the air, tuned to no channel.

        Args:
            radio: the radio.
            port: what tells it from other radios at the same place, as those of a dual-band hub.

        Raises:
            LocalError: when a radio of that name and port is there already.
        """
        key = radio.name, port
        if key in self._attached:
            raise LocalError(f"two radios named {radio.name!r} on one air")
        self._attached.add(key)
        purpose = f"frame loss {port}" if port else "frame loss"
        self._draws[radio] = self._streams.stream(radio.name, purpose)
        self._tuned[radio] = None

    def tune(self, radio: Transceiver, channel: Channel | None) -> None:
        """From now on `radio` listens on `channel`, or nowhere."""
        if self._tuned[radio] != channel:
            self._tuned[radio] = channel
            self._audiences.clear()

    def transmit(
        self, radio: Transceiver, channel: Channel, psdu: bytes, power: float = 0.0
    ) -> None:
        """Send octets with FCS now; `radio.sent()` follows when they are through.

        Args:
            radio: who sends.
            channel: where.
            psdu: octets with FCS.
            power: at its antenna, dBm.

        Raises:
            LocalError: when the PSDU is longer than the PHY can send, or there is no such channel.
        """
        signal = self._begin(radio, channel, psdu, power)
        self._scheduler.at(signal.end, lambda: self._end(signal))

    def carry(self, radio: Transceiver, channel: Channel, psdu: bytes, power: float = 0.0) -> None:
        """As `transmit`, for a sender that is outermost and has nothing more to do.

        Where nothing else happens meanwhile, the transmission has ended when this returns.
        """
        signal = self._begin(radio, channel, psdu, power)
        if self._scheduler.skip_to(signal.end):
            self._end(signal)
        else:
            self._scheduler.at(signal.end, lambda: self._end(signal))

    def _begin(self, radio: Transceiver, channel: Channel, psdu: bytes, power: float) -> Signal:
        band, phy = self._place(channel)
        if len(psdu) > phy.max_psdu:
            raise LocalError(f"PSDU of {len(psdu)} octets; the PHY sends {phy.max_psdu} (Table 22)")
        now = self._scheduler.now
        duration = phy.airtime(len(psdu))
        end: Instant = now + duration  # type: ignore[assignment]  # spares a call
        signal = Signal(radio, channel, (now, end), psdu, power)
        if band.signals:
            band.add(signal, now - phy.cca_time)  # type: ignore[arg-type]  # spares a call
        else:
            band.signals.append(signal)
        if band.meters:
            band.measure(signal)
        self.radio_time += duration  # type: ignore[assignment]  # spares a call
        self.frames += 1
        if self._observers:
            sent = Transmission(now, duration, channel, radio.name, psdu, power)
            for observer in self._observers:
                observer(sent)
        return signal

    def answer(self, radio: Answerer) -> None:
        """Have `radio` acknowledge what it hears now, after the turnaround time."""
        self._answering.append(radio)

    def cut(self, radio: Transceiver) -> None:
        """End what `radio` is sending in mid frame: nobody understands it."""
        for band in self._bands.values():
            for signal in band.signals:
                if signal.sender is radio and signal.end > self._scheduler.now:
                    signal.cut = True

    def busy(self, name: str, channel: Channel) -> bool:
        """Whether the clear channel assessment that ends now at `name` finds the channel occupied.

        It looks back over `Phy.cca_time`: 8 symbols at 2.4 GHz, 5 ms below 1 GHz.
        """
        band, phy = self._place(channel)
        now = self._scheduler.now
        since: Instant = now - phy.cca_time  # type: ignore[assignment]  # spares a call
        return self._reception.busy(name, channel, band.recent(since), (since, now))

    def meter(self, name: str, channel: Channel) -> Meter:
        """A meter at the place of `name`, from now until `release`."""
        band, _ = self._place(channel)
        now = self._scheduler.now
        meter = Meter(name, channel, now, self._level)
        meter.signals.extend(
            signal for signal in band.signals if signal.end > now and signal.sender.name != name
        )
        band.meters.append(meter)
        return meter

    def release(self, meter: Meter) -> None:
        """Stop measuring."""
        meter.stop()
        self._place(meter.channel)[0].meters.remove(meter)

    def heard(self, transmission: Transmission, place: str) -> int | None:
        """Strength in dBm at which `place` hears a transmission; None when out of reach."""
        page, at = transmission.channel.page, transmission.start
        gain = self._reception.gain(transmission.sender, place, page, at)
        return None if gain is None else round(gain + transmission.power)

    def _level(self, meter: Meter) -> int | None:
        return self._reception.level(meter, self._scheduler.now)

    def _place(self, channel: Channel) -> tuple[_Band, Phy]:
        """The band and the PHY of a channel."""
        # A number is found faster than a channel.
        key = channel.page << 8 | channel.number
        place = self._places.get(key)
        if place is None:
            phy = phy_of(channel.page)
            phy.frequency(channel.number)
            band = self._bands.setdefault(self._reception.medium(channel), _Band())
            place = self._places[key] = band, phy
        return place

    def _end(self, signal: Signal) -> None:
        if signal.cut:
            return
        start, psdu, sender = signal.start, signal.psdu, signal.sender
        understood = self._reception.understood
        for ear in self._audience(signal.channel, sender.name):
            radio = ear.radio
            if radio.listening_since > start or not radio.accepts(psdu):
                continue
            heard = understood(signal, ear)
            if heard is not None:
                radio.hear(psdu, *heard)
        # Signals that overlap in a chain must not keep each other for ever.
        signal.overlaps = []
        sender.sent()
        if self._answering:
            self._answer(phy_of(signal.channel.page).turnaround)

    def _answer(self, turnaround: Duration) -> None:
        """Let those acknowledge who have to: at once, where nothing else happens meanwhile."""
        answering, self._answering = self._answering, []
        first, *others = answering
        if not others and self._scheduler.skip_to(later(self._scheduler.now, turnaround)):
            first.acknowledge()
            return
        for each in answering:
            each.acknowledge_after(turnaround)

    def _audience(self, channel: Channel, sender: str) -> tuple[Ear, ...]:
        """Who is tuned to `channel` within reach of `sender`; remembered until that changes."""
        if self._links.version != self._version:
            self._version = self._links.version
            self._audiences.clear()
        key = sender, channel.page
        known = self._audiences.get(key)
        if known is not None and (known[0] is channel or known[0] == channel):
            return known[1]
        found: list[Ear] = []
        for radio, tuned in self._tuned.items():
            rss = self._links.rss(sender, radio.name, channel.page)
            if tuned == channel and radio.name != sender and rss is not None:
                loss = self._links.loss(sender, radio.name)
                found.append(Ear(radio, rss, loss, self._draws[radio]))
        self._audiences[key] = channel, tuple(found)
        return self._audiences[key][1]
