from math import log10

import numpy as np
import pytest

from emulator.kernel.streams import Streams
from emulator.kernel.units import Instant
from emulator.radio.interference.sources import InterferenceField, Source
from emulator.radio.port import Channel
from emulator.radio.propagation.distance import FreeSpace
from emulator.radio.propagation.propagated_links import Path
from emulator.radio.propagation.shadowing import Shadowing
from emulator.rf_noise.desense.channels import desense
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.receivers import receivers
from emulator.rf_noise.settings import RfNoiseSettings
from emulator.rf_noise.trials.noise_source import noise_source
from tests.rf_noise.traces.spectra import flat

ELEVEN = Channel(0, 11)


def field(source: Source) -> InterferenceField:
    path = Path(FreeSpace(), Shadowing(1, 0.0, 0.0))
    return InterferenceField([source], {}, path, Streams(1))


def received(source: Source, place: str = "hub") -> float:
    power = field(source).received(source.name, place, ELEVEN)
    return 10 * log10(power) if power > 0 else float("-inf")


def test_air_has_the_power_that_the_desense_is_computed_from() -> None:
    trace = flat(2399e6, 2485e6, -100)
    trace.levels[:] += np.random.default_rng(1).normal(0, 2, len(trace.levels))
    settings = RfNoiseSettings()
    (told, *_) = (
        each
        for each in desense([trace], receivers(settings.hub), Gate(), settings)
        if each.receiver.name == "channel 11"
    )

    source = noise_source("noise", trace, ("hub",), Gate(), louder=7)

    assert received(source) == pytest.approx(told.power + 7, abs=0.05)


def test_places_that_do_not_take_it_in_hear_nothing() -> None:
    source = noise_source("noise", flat(2399e6, 2485e6, -100), ("hub",), Gate())

    assert received(source, "GSME") == float("-inf")


def test_bursts_have_the_power_that_a_mean_hides() -> None:
    trace = flat(2399e6, 2485e6, -100)

    steady, bursts = (noise_source("noise", trace, ("hub",), gate) for gate in (Gate(), Gate(0.1)))

    assert received(bursts) == pytest.approx(received(steady) + 10)
    pieces = field(bursts).pieces("hub", ELEVEN, (Instant(0), Instant(100_000)))
    begins = [0, *(until for until, _ in pieces)]
    on = sum(until - begin for begin, (until, power) in zip(begins, pieces, strict=False) if power)
    assert on == pytest.approx(10_000, abs=2_000)
