"""From signal-to-noise ratio to lost frames: what every modulation answers, and what follows.

Ratios are linear and taken in the bandwidth of the PHY. Bit errors are independent, so a frame of
n bits comes through with (1 - BER)^n, as ns-3's lr-wpan and OTNS have it.
"""

from functools import lru_cache
from math import exp, log1p
from typing import Final, Protocol

SENSITIVITY_BITS: Final = 160
"""A PSDU of 20 octets: what sensitivity is defined with (IEEE 802.15.4-2006 6.5.3.3, 6.1.7)."""
SENSITIVITY_ERROR_RATE: Final = 0.01
"""Share of such frames that is lost at sensitivity (the same clauses)."""


class ErrorRates(Protocol):
    """A modulation and its receiver."""

    def bit_error_rate(self, snr: float) -> float:
        """Probability that a bit is wrong, 0 to 0.5.

        Args:
            snr: signal to noise and interference, linear, in the bandwidth of the PHY.
        """
        ...


def success_rate(rates: ErrorRates, snr: float, bits: float) -> float:
    """Probability that all of `bits` bits are right at the linear ratio `snr`."""
    return exp(bits * log1p(-min(rates.bit_error_rate(snr), 0.5)))


def packet_error_rate(rates: ErrorRates, snr: float, bits: float) -> float:
    """Probability that a frame of `bits` bits is lost at the linear ratio `snr`."""
    return 1.0 - success_rate(rates, snr, bits)


@lru_cache(maxsize=256)
def required_snr(
    rates: ErrorRates, bits: int = SENSITIVITY_BITS, lost: float = SENSITIVITY_ERROR_RATE
) -> float:
    """The linear ratio at which a share `lost` of frames of `bits` bits is lost.

    The usual arguments give the ratio at sensitivity: noise lies that far below it.
    """
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = (low * high) ** 0.5
        if packet_error_rate(rates, middle, bits) > lost:
            low = middle
        else:
            high = middle
    return high
