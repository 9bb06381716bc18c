"""Links of the air that follow from places: antenna gains, path loss, shadowing.

What a scenario says of single pairs weighs more, as with links that are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from emulator.radio.phy.pages import phy_of
from emulator.radio.propagation.path_loss import PathLoss, Place
from emulator.radio.propagation.shadowing import Shadowing

_Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Path:
    """What lies between a sender and a receiver, from loss to shadowing.

    Args:
        model: of the loss.
        shadowing: that each link adds.
    """

    model: PathLoss
    shadowing: Shadowing

    def gain(self, one: Place, other: Place, page: int) -> float:
        """What is gained, dB, below zero as a rule: antennas less loss less shadowing."""
        phy = phy_of(page)
        middle = phy.frequency(phy.numbers[len(phy.numbers) // 2])
        return self.gain_at(one, other, middle, phy.band)

    def gain_at(self, one: Place, other: Place, frequency: float, band: str) -> float:
        """As `gain`, at any frequency in Hz.

        Args:
            one: where it is sent.
            other: where it is received.
            frequency: Hz.
            band: whose shadowing counts.
        """
        lost = self.model.loss(one, other, frequency)
        return one.gain + other.gain - lost - self.shadowing.loss(one.name, other.name, band)


class PropagatedLinks:
    """`Links` between places; between others there is none.

    Args:
        places: of every radio.
        path: what lies between them.
        audible: dBm below which nothing is heard of 0 dBm.
    """

    def __init__(self, places: Iterable[Place], path: Path, audible: float = -125.0) -> None:
        self.places = {place.name: place for place in places}
        self.path = path
        self.version = 0
        self._audible = audible
        self._known: dict[tuple[str, str, str], float | None] = {}
        self._said: dict[tuple[_Pair, int | None], float | None] = {}
        self._loss: dict[_Pair, float] = {}
        self._default_loss = 0.0

    def place(self, place: Place) -> None:
        """From now on a radio is there."""
        self.places[place.name] = place
        self._known = {key: at for key, at in self._known.items() if place.name not in key[:2]}
        self.version += 1

    def set_rss(self, one: str, other: str, rss: float | None, page: int | None = None) -> None:
        """From now on `one` and `other` hear 0 dBm of each other at `rss` dBm, or not at all.

        Args:
            one: a place.
            other: another place.
            rss: dBm, None out of reach.
            page: the only page of which this is said; all when None.
        """
        self._said[frozenset((one, other)), page] = rss
        self.version += 1

    def forget_rss(self, one: str, other: str) -> None:
        """From now on the places decide again how `one` and `other` hear each other."""
        pair = frozenset((one, other))
        self._said = {key: rss for key, rss in self._said.items() if key[0] != pair}
        self.version += 1

    def set_loss(self, one: str, other: str, loss: float) -> None:
        """From now on a frame between them is lost with probability `loss`, noise aside."""
        self._loss[frozenset((one, other))] = loss
        self.version += 1

    def set_default_loss(self, loss: float) -> None:
        """From now on every pair of which nothing else was said loses frames like this."""
        self._default_loss = loss
        self.version += 1

    def rss(self, sender: str, receiver: str, page: int = 0) -> float | None:
        """As `Links.rss`."""
        if self._said:
            pair = frozenset((sender, receiver))
            for key in ((pair, page), (pair, None)):
                if key in self._said:
                    return self._said[key]
        known = sender, receiver, phy_of(page).band
        if known not in self._known:
            self._known[known] = self._heard(sender, receiver, page)
        return self._known[known]

    def loss(self, sender: str, receiver: str) -> float:
        """As `Links.loss`."""
        if not self._loss:
            return self._default_loss
        return self._loss.get(frozenset((sender, receiver)), self._default_loss)

    def _heard(self, sender: str, receiver: str, page: int) -> float | None:
        one, other = self.places.get(sender), self.places.get(receiver)
        if one is None or other is None:
            return None
        gain = self.path.gain(one, other, page)
        return gain if isfinite(gain) and gain >= self._audible else None
