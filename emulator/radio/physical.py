"""Reception by physics: each frame against noise, other frames and whatever else is on the air.

The ratio of signal to noise and interference is constant between the beginnings and ends of what
disturbs; a frame is understood with the product of its chances over these intervals
(IEEE 802.15.4-2006 Annex E; ns-3's lr-wpan counts alike).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from emulator.kernel.units import Instant
from emulator.radio.disturbance import Disturbance, Piece, Quiet
from emulator.radio.gains import Gains
from emulator.radio.holding import Holding
from emulator.radio.links import Links
from emulator.radio.phy.error_rates import success_rate
from emulator.radio.phy.pages import PHYS, frequency
from emulator.radio.port import Channel
from emulator.radio.propagation.fading import Fading
from emulator.radio.receiver import Receiver, decibels, milliwatts, receiver_of
from emulator.radio.settings import ReceiverSettings, ReceptionSettings
from emulator.radio.signals import Ear, Heard, Meter, Signal

_FOUND = -5.0
"""dB over noise from which on a receiver finds the start of a frame (ns-3: SINR > -5 dB)."""
_CERTAIN = 1 - 1e-9
"""Chances beyond this are not drawn."""


@dataclass(frozen=True, slots=True)
class PhysicalSettings:
    """What stands at every place."""

    receiver: ReceiverSettings = field(default_factory=ReceiverSettings)
    reception: ReceptionSettings = field(default_factory=ReceptionSettings)


class _Page:
    """A receiver's page with what is asked for every frame."""

    __slots__ = ("bits", "clear", "found", "noise", "receiver", "threshold")

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self.noise = milliwatts(receiver.noise)
        self.clear = receiver.clear()
        self.found = receiver.noise + _FOUND
        self.bits = receiver.phy.bit_rate / 1e6
        self.threshold = milliwatts(receiver.threshold)


class PhysicalReception:
    """A `Reception` that weighs power.

    Args:
        links: gains of the paths between places.
        settings: of every receiver.
        disturbance: what else is on the air; nothing when None.
        fading: how links change in time; None when they do not.
    """

    def __init__(
        self,
        links: Links,
        settings: PhysicalSettings,
        disturbance: Disturbance | None = None,
        fading: Fading | None = None,
    ) -> None:
        self._disturbance: Disturbance = disturbance or Quiet()
        self._reception = settings.reception
        self._gains = Gains(links, fading)
        self._holding = Holding(settings.reception, self._strength)
        self._pages = {
            page: _Page(receiver_of(settings.receiver, settings.reception, page)) for page in PHYS
        }
        self._weights: dict[tuple[Channel, Channel], float] = {}

    def medium(self, channel: Channel) -> Hashable:
        """A whole band: channels of one band disturb each other."""
        return self._pages[channel.page].receiver.phy.band

    def gain(self, sender: str, place: str, page: int, at: Instant) -> float | None:
        """As `Reception.gain`."""
        gain = self._gains.between(sender, place, page, at)
        return gain.decibels if gain.linear else None

    def understood(self, signal: Signal, ear: Ear) -> Heard | None:
        """As `Reception.understood`."""
        channel, place = signal.channel, ear.radio.name
        page = self._pages[channel.page]
        gain = self._gains.between(signal.sender.name, place, channel.page, signal.start)
        wanted = gain.linear * signal.factor
        if signal.overlaps:
            if not self._holding.stays(signal, ear):
                return None
        elif wanted >= page.clear * (page.noise + self._disturbance.most(place, channel)):
            return Heard(round(gain.decibels + signal.power))
        success = self._success(signal, place, wanted)
        if success < _CERTAIN and not ear.draws.chance(success):
            return None
        return Heard(round(gain.decibels + signal.power), success)

    def busy(
        self, place: str, channel: Channel, signals: Iterable[Signal], span: tuple[Instant, Instant]
    ) -> bool:
        """As `Reception.busy`: by energy, by carrier, or by either.

        At 2.4 GHz energy is the mean over the assessment (6.9.9); listening before talk below
        1 GHz takes every moment for itself.
        """
        since, now = span
        there = [
            signal
            for signal in signals
            if signal.end > since and signal.start < now and signal.sender.name != place
        ]
        mode = self._reception.assessment if channel.page == 0 else "energy"
        if mode != "energy" and self._carrier(place, channel, there):
            return True
        if mode == "carrier":
            return False
        if channel.page:
            pieces = self._merged(place, channel, there, span)
            threshold = self._pages[channel.page].threshold
            return max(power for _, power in pieces) >= threshold
        return self._mean_is_high(place, channel, there, span)

    def level(self, meter: Meter, now: Instant) -> int | None:
        """As `Reception.level`: the highest mean over 8 symbols, noise included."""
        page = self._pages[meter.channel.page]
        if now <= meter.began:
            return None
        pieces = self._merged(meter.name, meter.channel, meter.signals, (meter.began, now))
        window = page.receiver.phy.octet * 4
        peak = max(power * min(1.0, length / window) for length, power in pieces)
        return round(decibels(page.noise + peak))

    def _mean_is_high(
        self, place: str, channel: Channel, there: Iterable[Signal], span: tuple[Instant, Instant]
    ) -> bool:
        """Whether the mean power over a span reaches the threshold of 2.4 GHz."""
        since, now = span
        needed = self._pages[channel.page].threshold * (now - since)
        for signal in there:
            length = min(signal.end, now) - max(signal.start, since)
            needed -= length * self._power(signal, place, channel)
        if needed <= 0:
            return True
        if self._disturbance.most(place, channel) * (now - since) < needed:
            return False
        at = since
        for until, power in self._disturbance.pieces(place, channel, span):
            needed -= (min(until, now) - at) * power
            at = until
        return needed <= 0

    def _success(self, signal: Signal, place: str, wanted: float) -> float:
        """The chance of a frame among others, interval by interval."""
        page = self._pages[signal.channel.page]
        span = signal.start, signal.end
        if signal.overlaps:
            others = [each for each in signal.overlaps if each.sender.name != place]
            pieces = self._merged(place, signal.channel, others, span, page.receiver.same)
        else:
            pieces = _lengths(self._disturbance.pieces(place, signal.channel, span), span)
        success = 1.0
        for length, power in pieces:
            ratio = wanted / (page.noise + power)
            if ratio < page.clear:
                success *= success_rate(page.receiver.rates, ratio, length * page.bits)
        return success

    def _merged(
        self,
        place: str,
        channel: Channel,
        signals: Iterable[Signal],
        span: tuple[Instant, Instant],
        same: float = 1.0,
    ) -> list[tuple[int, float]]:
        """Lengths and powers of what disturbs during a span, frames and all else, in order.

        Args:
            place: where.
            channel: in what.
            signals: the frames.
            span: from when until when.
            same: what the power of frames on this very channel counts for.
        """
        start, end = span
        pieces = self._disturbance.pieces(place, channel, span)
        powers = [
            (
                max(each.start, start),
                min(each.end, end),
                self._power(each, place, channel) * (same if each.channel == channel else 1.0),
            )
            for each in signals
            if each.end > start and each.start < end
        ]
        if not powers:
            return _lengths(pieces, span)
        edges = {start, end}
        edges.update(edge for first, last, _ in powers for edge in (first, last))
        edges.update(until for until, _ in pieces if start < until < end)
        merged: list[tuple[int, float]] = []
        at = 0
        for early, late in pairwise(sorted(edges)):
            while pieces[at][0] <= early:
                at += 1
            power = pieces[at][1] + sum(
                each for first, last, each in powers if first <= early and last >= late
            )
            merged.append((late - early, power))
        return merged

    def _power(self, signal: Signal, place: str, channel: Channel) -> float:
        """What a signal of any channel of the band leaves on a channel, mW."""
        there = signal.channel
        gain = self._gains.between(signal.sender.name, place, there.page, signal.start)
        if there is channel or there == channel:
            return gain.linear * signal.factor
        key = channel, there
        weight = self._weights.get(key)
        if weight is None:
            receiver = self._pages[channel.page].receiver
            weight = receiver.weight(frequency(channel), frequency(there))
            self._weights[key] = weight
        return gain.linear * signal.factor * weight

    def _strength(self, signal: Signal, place: str) -> float | None:
        """As `emulator.radio.holding.Strength`."""
        page = signal.channel.page
        gain = self._gains.between(signal.sender.name, place, page, signal.start)
        heard = gain.decibels + signal.power
        return heard if heard >= self._pages[page].found else None

    def _carrier(self, place: str, channel: Channel, signals: Iterable[Signal]) -> bool:
        return any(
            each.channel == channel and self._strength(each, place) is not None for each in signals
        )


def _lengths(pieces: Sequence[Piece], span: tuple[Instant, Instant]) -> list[tuple[int, float]]:
    """Lengths and powers of pieces within a span."""
    at, end = span
    if len(pieces) == 1:
        return [(end - at, pieces[0][1])]
    found: list[tuple[int, float]] = []
    for until, power in pieces:
        last = min(until, end)
        if last > at:
            found.append((last - at, power))
            at = last
    return found
