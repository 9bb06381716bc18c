"""Losses that depend on distance alone: free space (Friis) and log-distance."""

from dataclasses import dataclass
from math import log10, pi

from emulator.radio.propagation.path_loss import SHORTEST, SPEED_OF_LIGHT, Place


def free_space_loss(metres: float, frequency: float) -> float:
    """Friis: 20 log10(4 pi d f / c), dB, frequency in Hz; never below zero."""
    wavelength = SPEED_OF_LIGHT / frequency
    return max(20 * log10(4 * pi * max(metres, SHORTEST) / wavelength), 0.0)


@dataclass(frozen=True, slots=True)
class FreeSpace:
    """A `PathLoss` of empty space (H. T. Friis, 1946)."""

    def loss(self, one: Place, other: Place, frequency: float) -> float:
        """As `PathLoss.loss`."""
        return free_space_loss(one.distance(other), frequency)


@dataclass(frozen=True, slots=True)
class LogDistance:
    """A `PathLoss` that grows by ten times the exponent with every decade of distance.

    Args:
        exponent: 2 in free space, 3 among walls.
        reference_loss: dB at the reference distance; that of free space there when None.
        reference_distance: metres; nearer places lose as much as here.
    """

    exponent: float = 3.0
    reference_loss: float | None = None
    reference_distance: float = 1.0

    def loss(self, one: Place, other: Place, frequency: float) -> float:
        """As `PathLoss.loss`."""
        reference = self.reference_loss
        if reference is None:
            reference = free_space_loss(self.reference_distance, frequency)
        farther = max(one.distance(other) / self.reference_distance, 1.0)
        return reference + 10 * self.exponent * log10(farther)
