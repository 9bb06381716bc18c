"""O-QPSK with direct sequence spreading at 2.4 GHz (IEEE 802.15.4-2006 6.5, Annex E.4.1.8)."""

from dataclasses import dataclass
from functools import lru_cache
from math import comb, exp, fsum
from typing import Final

_TERMS: Final = tuple(((-1) ** k * comb(16, k), 20.0 * (1.0 / k - 1.0)) for k in range(2, 17))
_SCALE: Final = 8 / 15 / 16


@dataclass(frozen=True, slots=True)
class OqpskErrorRates:
    """Sixteen quasi-orthogonal symbols of 32 chips, as Annex E evaluates them.

    BER = 8/15 * 1/16 * sum over k = 2..16 of (-1)^k C(16,k) exp(20 SNR (1/k - 1)).
    """

    def bit_error_rate(self, snr: float) -> float:
        """As `ErrorRates.bit_error_rate`; the ratio is taken over 2 MHz."""
        return _bit_error_rate(snr)


@lru_cache(maxsize=1 << 16)
def _bit_error_rate(snr: float) -> float:
    if snr <= 0.0:
        return 0.5
    total = fsum(weight * exp(rate * snr) for weight, rate in _TERMS)
    return min(max(_SCALE * total, 0.0), 0.5)
