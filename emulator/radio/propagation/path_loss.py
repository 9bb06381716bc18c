"""Places in space and the seam for models of what is lost between two of them."""

from dataclasses import dataclass
from math import dist
from typing import Final, Protocol

SPEED_OF_LIGHT: Final = 299_792_458.0
"""m/s, exact (SI)."""
SHORTEST: Final = 0.1
"""Metres; nearer than this no far-field formula holds, and nearer places lose as much as here."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an antenna is.

    Args:
        name: by which links know it.
        x: metres.
        y: metres.
        z: height, metres.
        floor: number of the storey, 0 at the ground.
        gain: of the antenna with what it is mounted on, dBi.
    """

    name: str
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    floor: int = 0
    gain: float = 0.0

    def distance(self, other: "Place") -> float:
        """Metres to another place, never less than `SHORTEST`."""
        return max(dist((self.x, self.y, self.z), (other.x, other.y, other.z)), SHORTEST)


class PathLoss(Protocol):
    """A model of what is lost on the way."""

    def loss(self, one: Place, other: Place, frequency: float) -> float:
        """What is lost between two places, dB, antennas apart; equal both ways.

        Args:
            one: a place.
            other: another place.
            frequency: Hz.
        """
        ...


def power_at(watts: float, loss: float) -> float:
    """Watts that arrive of `watts` when `loss` dB are lost."""
    return float(watts * 10 ** (-loss / 10))
