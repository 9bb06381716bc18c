"""Reception by physics: each frame against noise, other frames and whatever else is on the air.

The ratio of signal to noise and interference is constant between the beginnings and ends of what
disturbs; a frame is understood with the product of its chances over these intervals
(IEEE 802.15.4-2006 Annex E; ns-3's lr-wpan counts alike).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from emulator.kernel.units import Instant
from emulator.radio.disturbance import Disturbance, Quiet
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
        disturbance: what else is on the air.
        fading: how links change in time; None when they do not.
    """

    def __init__(
        self,
        links: Links,
        settings: PhysicalSettings,
        disturbance: Disturbance | None = None,
        fading: Fading | None = None,
    ) -> None:
        self.disturbance: Disturbance = disturbance or Quiet()
        self._quiet = disturbance is None
        self._links = links
        self._reception = settings.reception
        self._fading = fading
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
        gain = self._links.rss(sender, place, page)
        if gain is None or self._fading is None:
            return gain
        return gain - self._faded(sender, place, page, at)

    def understood(self, signal: Signal, ear: Ear) -> Heard | None:
        """As `Reception.understood`."""
        page = self._pages[signal.channel.page]
        rss = ear.gain + signal.power
        if self._fading is not None:
            sender, place = signal.sender.name, ear.radio.name
            rss -= self._faded(sender, place, signal.channel.page, signal.start)
        if signal.overlaps and not self._holding.stays(signal, ear):
            return None
        wanted = milliwatts(rss)
        if self._quiet and not signal.overlaps:
            if wanted >= page.clear * page.noise:
                return Heard(round(rss))
            success = self._chance(page, wanted / page.noise, signal.end - signal.start)
        else:
            success = self._success(signal, ear.radio.name, wanted)
        if success < _CERTAIN and not ear.draws.chance(success):
            return None
        return Heard(round(rss), success)

    def busy(
        self, place: str, channel: Channel, signals: Iterable[Signal], span: tuple[Instant, Instant]
    ) -> bool:
        """As `Reception.busy`: by energy, by carrier, or by either.

        At 2.4 GHz energy is the mean over the assessment (6.9.9); listening before talk below
        1 GHz takes every moment for itself.
        """
        since, now = span
        page = self._pages[channel.page]
        there = [
            signal
            for signal in signals
            if signal.end > since and signal.start < now and signal.sender.name != place
        ]
        mode = self._reception.assessment if channel.page == 0 else "energy"
        if mode != "energy" and self._carrier(place, channel, there):
            return True
        if mode == "carrier" or (self._quiet and not there):
            return False
        pieces = self._merged(place, channel, there, span)
        if channel.page:
            return max(power for _, power in pieces) >= page.threshold
        energy = sum(length * power for length, power in pieces)
        return energy >= page.threshold * (now - since)

    def level(self, meter: Meter, now: Instant) -> int | None:
        """As `Reception.level`: the highest mean over 8 symbols, noise included."""
        page = self._pages[meter.channel.page]
        if now <= meter.began:
            return None
        pieces = self._merged(meter.name, meter.channel, meter.signals, (meter.began, now))
        window = page.receiver.phy.octet * 4
        peak = max(power * min(1.0, length / window) for length, power in pieces)
        return round(decibels(page.noise + peak))

    def _success(self, signal: Signal, place: str, wanted: float) -> float:
        """The chance of a frame among others, interval by interval."""
        page = self._pages[signal.channel.page]
        others = [each for each in signal.overlaps if each.sender.name != place]
        span = signal.start, signal.end
        pieces = self._merged(place, signal.channel, others, span, page.receiver.same)
        success = 1.0
        for length, power in pieces:
            ratio = wanted / (page.noise + power)
            if ratio < page.clear:
                success *= self._chance(page, ratio, length)
        return success

    def _chance(self, page: _Page, ratio: float, microseconds: int) -> float:
        return success_rate(page.receiver.rates, ratio, microseconds * page.bits)

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
        pieces = self.disturbance.pieces(place, channel, span)
        powers = [
            (
                max(each.start, start),
                min(each.end, end),
                self._power(each, place, channel) * (same if each.channel == channel else 1.0),
            )
            for each in signals
            if each.end > start and each.start < end
        ]
        if not powers and len(pieces) == 1:
            return [(end - start, pieces[0][1])]
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
        """What a signal of any channel of the band counts for on a channel, mW."""
        gain = self.gain(signal.sender.name, place, signal.channel.page, signal.start)
        if gain is None:
            return 0.0
        key = channel, signal.channel
        weight = self._weights.get(key)
        if weight is None:
            receiver = self._pages[channel.page].receiver
            weight = receiver.weight(frequency(channel), frequency(signal.channel))
            self._weights[key] = weight
        return milliwatts(gain + signal.power) * weight

    def _strength(self, signal: Signal, place: str) -> float | None:
        """As `emulator.radio.holding.Strength`."""
        page = signal.channel.page
        gain = self.gain(signal.sender.name, place, page, signal.start)
        if gain is None or gain + signal.power < self._pages[page].found:
            return None
        return gain + signal.power

    def _carrier(self, place: str, channel: Channel, signals: Iterable[Signal]) -> bool:
        return any(
            each.channel == channel and self._strength(each, place) is not None for each in signals
        )

    def _faded(self, sender: str, place: str, page: int, at: Instant) -> float:
        if self._fading is None:
            return 0.0
        band = self._pages[page].receiver.phy.band
        return self._fading.loss(sender, place, band, at)
