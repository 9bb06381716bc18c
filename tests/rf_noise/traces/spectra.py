"""Traces for tests, made of numbers."""

import numpy as np

from emulator.rf_noise.traces.trace import Detector, Trace


def flat(low: float, high: float, level: float, *, rbw: float = 1e5, step: float = 5e4) -> Trace:
    """Noise of `level` dBm in each RBW, from `low` to `high` Hz."""
    frequencies = np.arange(low, high + step / 2, step)
    return Trace(
        source="made.csv",
        name="made",
        frequencies=frequencies,
        levels=np.full(len(frequencies), float(level)),
        rbw=rbw,
        enbw_factor=1.0,
        filter_name="noise bandwidth",
        detector=Detector.RMS,
    )
