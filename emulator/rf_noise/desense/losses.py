"""What noise of a known power costs a receiver: sensitivity, range, and a channel that seems busy.

L = 10 log10(1 + I/N) for noise that never stops; for noise that comes and goes L is how much more
signal the frame of 20 octets needs to be lost no more than once in a hundred times. With path loss
of N dB for ten times the distance, range shrinks by 10^(-L/N).
"""

from math import erfc, sqrt
from typing import Final

import numpy as np

from emulator.kernel.units import seconds
from emulator.radio.phy.error_rates import SENSITIVITY_BITS, SENSITIVITY_ERROR_RATE
from emulator.radio.phy.pages import Phy
from emulator.rf_noise.desense.error_table import error_table, needed_snr
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.receivers import frame_seconds
from emulator.rf_noise.traces.trace import Series

_DB: Final = 10 / np.log(10)
_MOST: Final = 150.0
"""dB; no noise that a port survives costs more."""


def noise_rise(interference: Series, floor: float) -> Series:
    """How much more noise there is, dB.

    Args:
        interference: mW.
        floor: the receiver's own noise, dBm.
    """
    rise: Series = _DB * np.log1p(interference / 10 ** (floor / 10))
    return rise


def sensitivity_loss(interference: Series, floor: float, phy: Phy, gate: Gate) -> Series:
    """How much more signal a receiver of the HAN needs, dB.

    Args:
        interference: mW while the noise is on.
        floor: the receiver's own noise, dBm.
        phy: its modulation.
        gate: when the noise is on.
    """
    rise = noise_rise(interference, floor)
    if gate.continuous:
        return rise
    table = error_table(phy)
    frame = frame_seconds(phy, SENSITIVITY_BITS // 8)

    def lost(snr: Series) -> Series:
        on = table.log_success(snr - rise, SENSITIVITY_BITS)
        return 1 - gate.success(on, table.log_success(snr, SENSITIVITY_BITS), frame)

    quiet = np.zeros_like(rise)
    low, high = quiet - _MOST / 10, quiet + _MOST
    for _ in range(60):
        middle = (low + high) / 2
        more = lost(middle) > SENSITIVITY_ERROR_RATE
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return np.maximum(high - needed_snr(phy), 0.0)


def range_factor(loss: Series, exponent: float) -> Series:
    """By what distances shrink.

    Args:
        loss: of sensitivity, dB.
        exponent: dB of path loss for ten times the distance.
    """
    factor: Series = 10 ** (-loss / exponent)
    return factor


def false_busy(interference: Series, floor: float, phy: Phy, gate: Gate) -> Series:
    """Probability that a channel without any frame is found busy.

    An energy detector averages noise of bandwidth B over a time T: its reading spreads by
    4.34 dB / sqrt(BT).

    Args:
        interference: mW while the noise is on.
        floor: the receiver's own noise, dBm.
        phy: its threshold and time.
        gate: when the noise is on.
    """
    spread = _DB / sqrt(phy.bandwidth * phy.cca_time / seconds(1))
    on = _DB * np.log(interference + 10 ** (floor / 10))
    share = [
        gate.duty * _above(level, phy.cca_threshold, spread)
        + (1 - gate.duty) * _above(floor, phy.cca_threshold, spread)
        for level in on
    ]
    return np.array(share)


def _above(level: float, threshold: float, spread: float) -> float:
    return 0.5 * erfc((threshold - level) / spread / sqrt(2))
