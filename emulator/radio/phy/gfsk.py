"""Binary FSK at 100 kb/s below 1 GHz, received without the carrier's phase.

The closed form is that of correlated binary signals with unknown phase (Proakis, Digital
Communications; Simon and Alouini give it as one integral over a period, which is used here). Pulse
shaping is left out: BT 0.5 costs a real receiver part of what its sequence detection gains.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, pi, sin, sqrt
from typing import Final

_POINTS: Final = 512
"""The integrand is smooth and periodic: equal steps converge faster than any power."""
_SINES: Final = tuple(sin(2 * pi * (i + 0.5) / _POINTS) for i in range(_POINTS))


@dataclass(frozen=True, slots=True)
class GfskErrorRates:
    """Two tones `modulation_index` bit rates apart.

    Args:
        modulation_index: h, twice the deviation over the bit rate.
        bandwidth_per_bit: receiver bandwidth over bit rate: Eb/N0 is the ratio times this.
    """

    modulation_index: float = 0.7
    bandwidth_per_bit: float = 2.0

    def bit_error_rate(self, snr: float) -> float:
        """As `ErrorRates.bit_error_rate`; the ratio is taken over the receiver's bandwidth."""
        return _bit_error_rate(snr * self.bandwidth_per_bit, self.modulation_index)


@lru_cache(maxsize=1 << 16)
def _bit_error_rate(energy: float, index: float) -> float:
    """BER at Eb/N0 `energy`; 0.5 exp(-Eb/2N0) at h = 1."""
    if energy <= 0.0:
        return 0.5
    correlation = abs(sin(pi * index) / (pi * index))
    apart = sqrt(1.0 - correlation * correlation)
    squared = energy / 2 * (1.0 + apart)
    ratio = sqrt((1.0 - apart) / (1.0 + apart))
    total = 0.0
    for sine in _SINES:
        shape = 1.0 + 2.0 * ratio * sine + ratio * ratio
        total += exp(-squared / 2 * shape) / shape
    return min((1.0 - ratio * ratio) * total / (2 * _POINTS), 0.5)
