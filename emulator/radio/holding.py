"""Which of several frames a receiver stays with: first come, first served, and capture.

A receiver that has found the start of a frame does not look for another until it ends, unless the
other is so much stronger that it takes the receiver away.
"""

from collections.abc import Callable

from emulator.kernel.units import Instant
from emulator.radio.phy.pages import phy_of
from emulator.radio.settings import ReceptionSettings
from emulator.radio.signals import Ear, Signal

Strength = Callable[[Signal, str], float | None]
"""dBm at which a place hears a signal; None when it is too weak to be found."""


class Holding:
    """Follows receivers through overlapping frames.

    Args:
        settings: when a stronger frame takes a receiver away.
        strength: how strong a place hears a signal.
    """

    def __init__(self, settings: ReceptionSettings, strength: Strength) -> None:
        self._settings = settings
        self._strength = strength

    def stays(self, signal: Signal, ear: Ear) -> bool:
        """Whether the receiver found the signal, which ends now, and stayed with it."""
        place = ear.radio.name
        if not self._finds(signal, place, ear.radio.listening_since, signal.end):
            return False
        return not any(
            self._after(other, signal, place) and self._takes(other, signal, place)
            for other in signal.overlaps
            if other.channel == signal.channel
        )

    def _finds(self, signal: Signal, place: str, since: Instant, now: Instant) -> bool:
        known = signal.held.get(place)
        if known is not None:
            return known
        # A frame that has ended without being asked about was for others; it held the receiver.
        found = signal.end < now or self._free(signal, place, since, now)
        signal.held[place] = found
        return found

    def _free(self, signal: Signal, place: str, since: Instant, now: Instant) -> bool:
        for other in signal.overlaps:
            if (
                other.channel == signal.channel
                and other.start >= since
                and self._strength(other, place) is not None
                and self._after(signal, other, place)
                and self._finds(other, place, since, now)
                and not self._takes(signal, other, place)
            ):
                return False
        return True

    def _after(self, later: Signal, earlier: Signal, place: str) -> bool:
        """Whether one signal comes after another; of two at once the stronger comes first."""
        if later.start != earlier.start:
            return later.start > earlier.start
        return self._rank(later, place) > self._rank(earlier, place)

    def _rank(self, signal: Signal, place: str) -> tuple[float, str]:
        strength = self._strength(signal, place)
        return (float("inf") if strength is None else -strength, signal.sender.name)

    def _takes(self, later: Signal, earlier: Signal, place: str) -> bool:
        """Whether the later signal takes the receiver away from the earlier one."""
        settings = self._settings
        if settings.capture == "none":
            return False
        preamble = phy_of(earlier.channel.page).preamble
        if settings.capture == "preamble" and later.start - earlier.start > preamble:
            return False
        strong, weak = self._strength(later, place), self._strength(earlier, place)
        return strong is not None and (weak is None or strong - weak >= settings.capture_margin)
