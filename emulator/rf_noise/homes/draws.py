"""Draws for every home, keyed by purpose: home number i has the same ones in any population.

Draws of one purpose do not move those of another, and the same homes are drawn with noise and
without it, so that a difference between the two is the noise.
"""

import numpy as np

from emulator.kernel.streams import Streams
from emulator.rf_noise.traces.trace import Series

_BITS = 2**63 - 1


def uniform(streams: Streams, purpose: str, homes: int) -> Series:
    """A number from 0 to 1 for each home."""
    return _source(streams, purpose).random(homes)


def normal(streams: Streams, purpose: str, homes: int) -> Series:
    """A standard normal number for each home."""
    return _source(streams, purpose).standard_normal(homes)


def _source(streams: Streams, purpose: str) -> np.random.Generator:
    stream = streams.stream("homes", purpose)
    key = [stream.integer(0, _BITS), stream.integer(0, _BITS)]
    return np.random.Generator(np.random.Philox(key=key))
