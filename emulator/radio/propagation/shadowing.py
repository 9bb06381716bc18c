"""What furniture and people add to a path: a normal draw a link, equal both ways and for ever."""

from dataclasses import dataclass
from math import sqrt

from emulator.radio.propagation.keyed_normal import keyed_normal, pair


@dataclass(frozen=True, slots=True)
class Shadowing:
    """Log-normal shadowing as a pure function of the link.

    Args:
        seed: of the run.
        sigma: standard deviation, dB.
        correlation: between two bands on one link, 0 to 1.
    """

    seed: int
    sigma: float
    correlation: float = 1.0

    def loss(self, one: str, other: str, band: str) -> float:
        """Decibels to add to the loss between two places; below zero half of the time."""
        if not self.sigma:
            return 0.0
        link = pair(one, other)
        common = keyed_normal(str(self.seed), "shadowing", *link)
        own = keyed_normal(str(self.seed), "shadowing", *link, band)
        return self.sigma * (sqrt(self.correlation) * common + sqrt(1 - self.correlation) * own)
