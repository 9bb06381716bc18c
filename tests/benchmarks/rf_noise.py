"""How long an RF noise test of 1,000 homes takes, from levels to shares."""

from collections.abc import Iterator
from statistics import median

import numpy as np

from emulator.rf_noise.desense.channels import desense
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.receivers import receivers
from emulator.rf_noise.device_under_test import Dut
from emulator.rf_noise.homes.population import population
from emulator.rf_noise.settings import RfNoiseSettings
from emulator.rf_noise.traces.trace import Detector, Trace
from tests.benchmarks.figures import Figure, seconds_of

ROUNDS = 5
SPANS = ((421e6, 425e6, 1e4), (862e6, 962e6, 1e5), (2399e6, 2485e6, 1e5))
"""From, to and RBW of each trace, Hz: together every band."""


def measure() -> Iterator[Figure]:
    """Wall seconds of desense of every channel and of 1,000 homes, bursts included."""
    traces = [_noise(*span) for span in SPANS]
    settings, gate = RfNoiseSettings(), Gate(0.1)

    def once() -> None:
        found = desense(traces, receivers(settings.hub), gate, settings)
        drawn = population(found, Dut.HOT_SHOE, gate, settings, 1)
        if drawn.homes != 1_000 or len(drawn.outcomes) != 8:
            raise AssertionError(drawn)

    once()
    times = [seconds_of(once) for _ in range(ROUNDS)]
    yield Figure(
        name="RF noise test of 1,000 homes: wall time",
        figure=round(median(times), 4),
        unit="s",
        target=60,
        better="lower",
        detail=f"median of {ROUNDS}; every channel, both meters, WAN, before and after",
    )


def _noise(low: float, high: float, rbw: float) -> Trace:
    frequencies = np.arange(low, high, rbw / 2)
    draws = np.random.default_rng(1)
    return Trace(
        source="made",
        name="made",
        frequencies=frequencies,
        levels=-105 + draws.normal(0, 1, len(frequencies)),
        rbw=rbw,
        enbw_factor=1.0645,
        filter_name="Gaussian, 3 dB",
        detector=Detector.RMS,
    )
