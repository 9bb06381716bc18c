"""What a place makes of the signals that reach it: the seam between simple and physical air."""

from collections.abc import Hashable, Iterable
from typing import Protocol

from emulator.kernel.units import Instant
from emulator.radio.links import Links
from emulator.radio.port import Channel
from emulator.radio.signals import Ear, Heard, Meter, Signal


class Reception(Protocol):
    """Decides what is understood, what keeps a channel busy, and what a meter shows."""

    def medium(self, channel: Channel) -> Hashable:
        """Signals whose media are equal disturb each other."""
        ...

    def gain(self, sender: str, place: str, page: int, at: Instant) -> float | None:
        """How strongly a place hears 0 dBm at an instant, dBm; None out of reach."""
        ...

    def understood(self, signal: Signal, ear: Ear) -> Heard | None:
        """How a signal that ends now is understood; None when it is not."""
        ...

    def busy(
        self, place: str, channel: Channel, signals: Iterable[Signal], span: tuple[Instant, Instant]
    ) -> bool:
        """Whether an assessment of the channel over `span` finds it occupied."""
        ...

    def level(self, meter: Meter, now: Instant) -> int | None:
        """The highest power that a meter has seen, dBm."""
        ...


class IdealReception:
    """Whoever is in reach hears everything, and two signals at a time destroy each other.

    Args:
        links: who is in reach of whom, and what share of frames a link loses.
    """

    def __init__(self, links: Links) -> None:
        self._links = links
        self._heard: dict[float, Heard] = {}

    def medium(self, channel: Channel) -> Hashable:
        """A channel disturbs itself only."""
        return channel

    def gain(self, sender: str, place: str, page: int, at: Instant) -> float | None:  # noqa: ARG002 - it stays
        """As `Reception.gain`."""
        return self._links.rss(sender, place, page)

    def understood(self, signal: Signal, ear: Ear) -> Heard | None:
        """As `Reception.understood`: no audible overlap, and the link does not lose it."""
        if signal.overlaps and self._collides(signal, ear.radio.name):
            return None
        if ear.loss and ear.draws.chance(ear.loss):
            return None
        strength = ear.gain + signal.power
        heard = self._heard.get(strength)
        if heard is None:
            heard = self._heard[strength] = Heard(round(strength))
        return heard

    def busy(
        self, place: str, channel: Channel, signals: Iterable[Signal], span: tuple[Instant, Instant]
    ) -> bool:
        """As `Reception.busy`: anything is heard."""
        since = span[0]
        page = channel.page
        for signal in signals:
            sender = signal.sender.name
            if (
                signal.end > since
                and sender != place
                and self._links.rss(sender, place, page) is not None
            ):
                return True
        return False

    def level(self, meter: Meter, now: Instant) -> int | None:  # noqa: ARG002 - signals are steady
        """As `Reception.level`: the strongest signal."""
        page = meter.channel.page
        heard = (
            (self._links.rss(signal.sender.name, meter.name, page), signal.power)
            for signal in meter.signals
        )
        return max((round(rss + power) for rss, power in heard if rss is not None), default=None)

    def _collides(self, signal: Signal, place: str) -> bool:
        rss, page = self._links.rss, signal.channel.page
        return any(rss(other.sender.name, place, page) is not None for other in signal.overlaps)
