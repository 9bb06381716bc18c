"""How a link changes in time: doors, people, appliances; a normal draw a link and hold time."""

from dataclasses import dataclass, field

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
    _known: dict[tuple[str, str, str], tuple[int, float]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def loss(self, one: str, other: str, band: str, now: Instant) -> float:
        """Decibels to add to the loss between two places at an instant."""
        if not self.sigma:
            return 0.0
        key = (*pair(one, other), band)
        known = self._known.get(key)
        phase = self._phase(key)
        block = (now + phase) // self.hold
        if known is not None and known[0] == block:
            return known[1]
        value = self.sigma * keyed_normal(str(self.seed), "fading", *key, str(block))
        self._known[key] = block, value
        return value

    def _phase(self, key: tuple[str, str, str]) -> int:
        return int(abs(keyed_normal(str(self.seed), "fading phase", *key)) * self.hold)
