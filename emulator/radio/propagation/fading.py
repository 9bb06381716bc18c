"""How a link changes in time: doors, people, appliances; a normal draw a link and hold time."""

from dataclasses import dataclass

from emulator.kernel.units import Duration, Instant
from emulator.radio.propagation.keyed_normal import keyed_normal, pair


@dataclass(frozen=True, slots=True)
class Fading:
    """A process that is constant for a hold time and then drawn anew.

    Each value is a pure function of seed, link, band and the number of the hold time, so it does
    not matter who asks when. Links change at instants of their own.

    Args:
        seed: of the run.
        sigma: standard deviation, dB.
        hold: how long a value stays.
    """

    seed: int
    sigma: float
    hold: Duration

    def loss(self, one: str, other: str, band: str, now: Instant) -> float:
        """Decibels to add to the loss between two places at an instant."""
        return self.held(one, other, band, now)[0]

    def held(self, one: str, other: str, band: str, now: Instant) -> tuple[float, Instant, Instant]:
        """As `loss`, and from when until when it stays."""
        key = (*pair(one, other), band)
        phase = self._phase(key)
        block = (now + phase) // self.hold
        begin = block * self.hold - phase
        value = 0.0
        if self.sigma:
            value = self.sigma * keyed_normal(str(self.seed), "fading", *key, str(block))
        return value, Instant(begin), Instant(begin + self.hold)

    def _phase(self, key: tuple[str, str, str]) -> int:
        return int(abs(keyed_normal(str(self.seed), "fading phase", *key)) * self.hold)
