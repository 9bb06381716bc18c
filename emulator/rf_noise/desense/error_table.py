"""Frame errors over signal to noise for many links at once: the PHY's own curve, tabulated."""

from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from typing import Final

import numpy as np

from emulator.radio.phy.error_rates import SENSITIVITY_BITS, SENSITIVITY_ERROR_RATE
from emulator.radio.phy.pages import Phy
from emulator.rf_noise.traces.trace import Series

_LOW, _HIGH, _STEP = -30.0, 40.0, 0.05
"""dB; below, every bit is a guess, and above, none is wrong."""
_CERTAIN: Final = -1e-16
"""Logarithm of the success of a bit above the table."""


@dataclass(frozen=True, slots=True, eq=False)
class ErrorTable:
    """The logarithm of the success of one bit, over dB of signal to noise."""

    at: Series
    success: Series

    def log_success(self, snr: Series, bits: float) -> Series:
        """Logarithm of the probability that `bits` bits are right.

        Args:
            snr: signal to noise in the bandwidth of the PHY, dB.
            bits: of the frame.
        """
        known: Series = np.interp(snr, self.at, self.success) * bits
        return known


@lru_cache(maxsize=8)
def error_table(phy: Phy) -> ErrorTable:
    """The table of a page's modulation."""
    rates = phy.error_rates
    at = np.arange(_LOW, _HIGH + _STEP / 2, _STEP)
    success = [log1p(-min(rates.bit_error_rate(10 ** (each / 10)), 0.5)) for each in at]
    return ErrorTable(at, np.minimum(np.array(success), _CERTAIN))


def needed_snr(phy: Phy) -> float:
    """Signal to noise at sensitivity, dB, read from the table that all else is read from."""
    table = error_table(phy)
    lost = 1 - np.exp(table.log_success(table.at, SENSITIVITY_BITS))
    return float(np.interp(SENSITIVITY_ERROR_RATE, lost[::-1], table.at[::-1]))
