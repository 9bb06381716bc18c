"""Gains between places as receptions ask for them, frame by frame: found once and remembered."""

from typing import NamedTuple

from emulator.kernel.units import NEVER, Instant
from emulator.radio.links import Links
from emulator.radio.phy.pages import phy_of
from emulator.radio.propagation.fading import Fading
from emulator.radio.receiver import milliwatts


class Gain(NamedTuple):
    """What becomes of 0 dBm on its way, for as long as it stays so.

    Args:
        linear: mW; 0 out of reach.
        decibels: dBm; -infinity out of reach.
        begin: since when.
        end: until when.
    """

    linear: float
    decibels: float
    begin: Instant
    end: Instant


_NONE = Gain(0.0, float("-inf"), Instant(-NEVER), NEVER)


class Gains:
    """Links with their fading.

    Args:
        links: what does not change in time, until a scenario changes it.
        fading: what does; None when nothing does.
    """

    def __init__(self, links: Links, fading: Fading | None) -> None:
        self._links = links
        self._fading = fading
        self._version = links.version
        self._known: dict[tuple[str, str, int], Gain] = {}

    def between(self, sender: str, place: str, page: int, at: Instant) -> Gain:
        """The gain from a sender to a place at an instant."""
        if self._links.version != self._version:
            self._version = self._links.version
            self._known.clear()
        key = sender, place, page
        gain = self._known.get(key)
        if gain is None or not gain.begin <= at < gain.end:
            gain = self._known[key] = self._made(sender, place, page, at)
        return gain

    def _made(self, sender: str, place: str, page: int, at: Instant) -> Gain:
        rss = self._links.rss(sender, place, page)
        if rss is None:
            return _NONE
        if self._fading is None:
            return Gain(milliwatts(rss), rss, _NONE.begin, _NONE.end)
        faded, begin, end = self._fading.held(sender, place, phy_of(page).band, at)
        return Gain(milliwatts(rss - faded), rss - faded, begin, end)
