from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.rf_noise.desense.spectrum import Spectrum, spectrum_of
from tests.rf_noise.traces.spectra import flat


def power(spectrum: Spectrum, low: float, high: float) -> float:
    edges = np.array([low]), np.array([high])
    return float(10 * np.log10(spectrum.noise(*edges) + spectrum.line_power(*edges))[0])


@pytest.mark.parametrize(
    ("rbw", "bandwidth", "more"),
    [(100e3, 2e6, 13.01), (1e6, 2e6, 3.01), (10e3, 200e3, 13.01)],
)
def test_noise_grows_with_the_bandwidth(rbw: float, bandwidth: float, more: float) -> None:
    trace = flat(2400e6, 2480e6, -100, rbw=rbw, step=rbw / 2)

    spectrum = spectrum_of(trace, 10)

    middle = 2440e6
    found = power(spectrum, middle - bandwidth / 2, middle + bandwidth / 2)
    assert found == pytest.approx(-100 + more, abs=0.01)


def test_noise_bandwidth_of_the_filter_is_taken_off() -> None:
    trace = replace(flat(2400e6, 2480e6, -100), enbw_factor=1.0645)

    found = power(spectrum_of(trace, 10), 2440e6, 2442e6)

    assert found == pytest.approx(-100 + 13.01 - 10 * np.log10(1.0645), abs=0.01)


def test_line_adds_its_power_once_whatever_the_bandwidth() -> None:
    trace = flat(2400e6, 2480e6, -130)
    trace.levels[abs(trace.frequencies - 2441e6) <= 1e5] = -70  # as a filter of 100 kHz shows it

    spectrum = spectrum_of(trace, 10)

    assert len(spectrum.lines) == 1
    assert power(spectrum, 2440e6, 2442e6) == pytest.approx(-70, abs=0.05)
    assert power(spectrum, 2420e6, 2460e6) == pytest.approx(-70, abs=0.05)


def test_hump_of_noise_is_no_line() -> None:
    trace = flat(2400e6, 2480e6, -110)
    trace.levels[abs(trace.frequencies - 2441e6) <= 5e5] = -80

    spectrum = spectrum_of(trace, 10)

    assert spectrum.lines == ()
    assert power(spectrum, 2440.5e6, 2441.5e6) == pytest.approx(-70, abs=0.3)


@given(st.floats(2401e6, 2470e6), st.floats(1e5, 5e6), st.floats(1e5, 4e6))
def test_powers_of_neighbouring_parts_add_up(low: float, first: float, second: float) -> None:
    draws = np.random.default_rng(3)
    trace = flat(2400e6, 2480e6, -100)
    trace.levels[:] += draws.normal(0, 2, len(trace.levels))
    spectrum = spectrum_of(trace, 10)

    parts = [
        float(spectrum.noise(np.array([a]), np.array([b]))[0])
        for a, b in [(low, low + first), (low + first, low + first + second)]
    ]

    whole = float(spectrum.noise(np.array([low]), np.array([low + first + second]))[0])
    assert sum(parts) == pytest.approx(whole)
    assert min(parts) > 0


def test_spectrum_knows_what_it_covers() -> None:
    spectrum = spectrum_of(flat(863e6, 870e6, -100), 10)

    assert spectrum.covers(863e6, 870e6)
    assert not spectrum.covers(869.9e6, 870.1e6)


def test_shortest_trace_is_a_spectrum() -> None:
    spectrum = spectrum_of(flat(863e6, 863.05e6, -100), 10)

    assert spectrum.lines == ()
