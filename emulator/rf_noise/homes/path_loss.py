"""Loss between two places of a home, for many homes at once.

ITU-R P.1238 equation 2: L = 20 log10 f + N log10 d + Lf - 28, f in MHz, d in m and 1 m at least.
"""

import numpy as np

from emulator.rf_noise.traces.trace import Series


def path_loss(distance: Series, frequency: float, exponent: float) -> Series:
    """Loss on one floor, dB.

    Args:
        distance: m.
        frequency: Hz.
        exponent: N of the recommendation.
    """
    loss: Series = (
        20 * np.log10(frequency / 1e6) + exponent * np.log10(np.maximum(distance, 1.0)) - 28
    )
    return loss
