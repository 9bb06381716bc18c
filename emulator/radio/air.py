"""The simulated 2.4 GHz medium: airtime, who hears what, collisions by overlap and frame loss.

Channel page 0, channels 11 to 26 (IEEE 802.15.4-2006 6.1.2), O-QPSK at 62.5 ksymbol/s (6.5).
A transmission is understood at a place when the receiver listened from its first symbol to its
last, no other audible transmission overlapped it there, and the link did not lose it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from emulator.kernel.errors import LocalError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream, Streams
from emulator.kernel.units import Duration, Instant
from emulator.radio.links import Links
from emulator.radio.port import Channel

CHANNELS: Final = tuple(Channel(0, number) for number in range(11, 27))
SYMBOL: Final = Duration(16)
OCTET: Final = Duration(32)
HEADER_OCTETS: Final = 6
"""Preamble 4, start of frame delimiter 1, length 1 (6.3)."""
MAX_PSDU: Final = 127
"""aMaxPHYPacketSize (Table 22)."""
CCA_TIME: Final = Duration(8 * SYMBOL)
"""Clear channel assessment takes 8 symbols (6.9.9)."""


def airtime(octets: int) -> Duration:
    """How long a PSDU of `octets` octets, FCS included, is on the air."""
    return Duration((HEADER_OCTETS + octets) * OCTET)


@dataclass(frozen=True, slots=True)
class Transmission:
    """What was sent: octets with FCS, by whom, when and where."""

    start: Instant
    duration: Duration
    channel: Channel
    sender: str
    psdu_with_fcs: bytes


class Transceiver(Protocol):
    """What the air knows of a radio."""

    name: str
    listening_since: Instant
    """Since when it listens without a break; `NEVER` while it does not."""

    def accepts(self, psdu: bytes) -> bool:
        """Whether its address filter takes the frame."""
        ...

    def hear(self, psdu: bytes, rss: int) -> None:
        """Take a frame that was understood, as its last symbol ends."""
        ...

    def sent(self) -> None:
        """Learn that the last symbol of its own transmission ended."""
        ...


class Meter:
    """The strongest signal on a channel at one place since the meter was made."""

    __slots__ = ("channel", "name", "peak")

    def __init__(self, name: str, channel: Channel) -> None:
        self.name = name
        self.channel = channel
        self.peak: int | None = None


class _Signal:
    """A transmission while it matters."""

    __slots__ = ("cut", "end", "overlaps", "psdu", "sender", "start")

    def __init__(self, sender: Transceiver, start: Instant, end: Instant, psdu: bytes) -> None:
        self.sender = sender
        self.start = start
        self.end = end
        self.psdu = psdu
        self.overlaps: list[_Signal] = []
        self.cut = False


_Audience = tuple[tuple[Transceiver, int, float, Stream], ...]


class Air:
    """One medium that every simulated radio of a run shares.

    Args:
        scheduler: whose time the transmissions take.
        streams: where the draws for lost frames come from, one stream a receiver.
        links: who hears whom.
    """

    def __init__(self, scheduler: Scheduler, streams: Streams, links: Links) -> None:
        self.radio_time = Duration(0)
        self.frames = 0
        self._scheduler = scheduler
        self._streams = streams
        self._links = links
        self._version = links.version
        self._tuned: dict[Transceiver, Channel | None] = {}
        self._losses: dict[str, Stream] = {}
        self._audiences: dict[str, tuple[Channel, _Audience]] = {}
        self._signals: dict[Channel, list[_Signal]] = {}
        self._observers: list[Callable[[Transmission], None]] = []
        self._meters: list[Meter] = []

    def listen(self, observer: Callable[[Transmission], None]) -> None:
        """Call `observer` once for every transmission, as its first symbol starts."""
        self._observers.append(observer)

    def stop_listening(self, observer: Callable[[Transmission], None]) -> None:
        """Call `observer` no more; nothing happens where it was not called."""
        self._observers = [each for each in self._observers if each != observer]

    def attach(self, radio: Transceiver) -> None:
        """Put a radio on the air, tuned to no channel.

        Raises:
            LocalError: when a radio of that name is there already.
        """
        if radio.name in self._losses:
            raise LocalError(f"two radios named {radio.name!r} on one air")
        self._losses[radio.name] = self._streams.stream(radio.name, "frame loss")
        self._tuned[radio] = None

    def tune(self, radio: Transceiver, channel: Channel | None) -> None:
        """From now on `radio` listens on `channel`, or nowhere."""
        if self._tuned[radio] != channel:
            self._tuned[radio] = channel
            self._audiences.clear()

    def transmit(self, radio: Transceiver, channel: Channel, psdu: bytes) -> None:
        """Send octets with FCS now; `radio.sent()` follows when they are through.

        Raises:
            LocalError: when the PSDU is longer than the PHY can send.
        """
        if len(psdu) > MAX_PSDU:
            raise LocalError(f"PSDU of {len(psdu)} octets; the PHY sends {MAX_PSDU} (Table 22)")
        now = self._scheduler.now
        duration = airtime(len(psdu))
        signal = _Signal(radio, now, Instant(now + duration), psdu)
        recent = self._recent(channel, now)
        for other in recent:
            if other.end > now:
                other.overlaps.append(signal)
                signal.overlaps.append(other)
        recent.append(signal)
        self.radio_time = Duration(self.radio_time + duration)
        self.frames += 1
        self._measure(channel, radio.name)
        for observer in self._observers:
            observer(Transmission(now, duration, channel, radio.name, psdu))
        self._scheduler.at(signal.end, lambda: self._end(signal, channel))

    def cut(self, radio: Transceiver) -> None:
        """End what `radio` is sending in mid frame: nobody understands it."""
        for signals in self._signals.values():
            for signal in signals:
                if signal.sender is radio and signal.end > self._scheduler.now:
                    signal.cut = True

    def busy(self, name: str, channel: Channel) -> bool:
        """Whether the clear channel assessment that ends now at `name` hears anything."""
        signals = self._signals.get(channel)
        if signals:
            since = self._scheduler.now - CCA_TIME
            for signal in signals:
                sender = signal.sender.name
                if (
                    signal.end > since
                    and sender != name
                    and self._links.rss(sender, name) is not None
                ):
                    return True
        return False

    def meter(self, name: str, channel: Channel) -> Meter:
        """A meter at the place of `name`, from now until `release`."""
        meter = Meter(name, channel)
        now = self._scheduler.now
        for signal in self._recent(channel, now):
            if signal.end > now:
                self._raise(meter, signal.sender.name)
        self._meters.append(meter)
        return meter

    def release(self, meter: Meter) -> None:
        """Stop measuring."""
        self._meters.remove(meter)

    def _recent(self, channel: Channel, now: Instant) -> list[_Signal]:
        """Signals that are on the air, or were within the last clear channel assessment."""
        signals = self._signals.get(channel)
        if signals is None:
            signals = self._signals[channel] = []
        elif signals:
            signals[:] = [signal for signal in signals if signal.end > now - CCA_TIME]
        return signals

    def _end(self, signal: _Signal, channel: Channel) -> None:
        if not signal.cut:
            start, psdu = signal.start, signal.psdu
            for radio, rss, loss, draws in self._audience(channel, signal.sender.name):
                if radio.listening_since > start or not radio.accepts(psdu):
                    continue
                if signal.overlaps and self._collides(signal, radio.name):
                    continue
                if loss and draws.chance(loss):
                    continue
                radio.hear(psdu, rss)
            signal.sender.sent()

    def _collides(self, signal: _Signal, place: str) -> bool:
        rss = self._links.rss
        return any(rss(other.sender.name, place) is not None for other in signal.overlaps)

    def _audience(self, channel: Channel, sender: str) -> _Audience:
        """Who is tuned to `channel` within reach of `sender`; remembered until that changes."""
        if self._links.version != self._version:
            self._version = self._links.version
            self._audiences.clear()
        known = self._audiences.get(sender)
        if known is not None and known[0] == channel:
            return known[1]
        found: list[tuple[Transceiver, int, float, Stream]] = []
        for radio, tuned in self._tuned.items():
            rss = self._links.rss(sender, radio.name)
            if tuned == channel and radio.name != sender and rss is not None:
                loss = self._links.loss(sender, radio.name)
                found.append((radio, rss, loss, self._losses[radio.name]))
        self._audiences[sender] = channel, tuple(found)
        return self._audiences[sender][1]

    def _measure(self, channel: Channel, sender: str) -> None:
        for meter in self._meters:
            if meter.channel == channel and meter.name != sender:
                self._raise(meter, sender)

    def _raise(self, meter: Meter, sender: str) -> None:
        rss = self._links.rss(sender, meter.name)
        if rss is not None and (meter.peak is None or rss > meter.peak):
            meter.peak = rss
