from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.phy.gfsk import GfskErrorRates

PUBLISHED = [
    # Eb/N0 dB, BER at h = 0.5, 0.7 and 1.0: Marcum's Q function, evaluated independently.
    (8, 0.0778, 0.0350, 0.0213),
    (10, 0.0332, 0.00878, 0.00337),
    (12, 0.0095, 0.00111, 1.8e-4),
    (14, 0.00145, 4.7e-5, 1.8e-6),
]


def rate(index: float, energy: float) -> float:
    return GfskErrorRates(index, 1.0).bit_error_rate(energy)


@given(st.floats(-10, 15))
def test_index_one_is_the_closed_form_of_orthogonal_tones(decibels: float) -> None:
    energy = 10 ** (decibels / 10)

    assert rate(1.0, energy) == pytest.approx(0.5 * exp(-energy / 2), rel=1e-9)


@pytest.mark.parametrize(("decibels", "half", "usual", "whole"), PUBLISHED)
def test_table_of_indices(decibels: int, half: float, usual: float, whole: float) -> None:
    energy = 10 ** (decibels / 10)

    assert rate(0.5, energy) == pytest.approx(half, rel=0.02)
    assert rate(0.7, energy) == pytest.approx(usual, rel=0.02)
    assert rate(1.0, energy) == pytest.approx(whole, rel=0.03)


@pytest.mark.parametrize(("index", "decibels"), [(0.5, 9.0), (0.7, 9.0), (0.7, 7.0), (0.85, 8.0)])
def test_other_indices_lie_within_0_3_db_of_a_waveform(index: float, decibels: float) -> None:
    simulated = _simulated(index, 10 ** (decibels / 10), bits=400_000)

    assert rate(index, 10 ** ((decibels + 0.3) / 10)) < simulated
    assert simulated < rate(index, 10 ** ((decibels - 0.3) / 10))


def test_ratio_over_the_bandwidth_counts_as_energy_per_bit() -> None:
    assert GfskErrorRates(0.7, 2.0).bit_error_rate(5.0) == rate(0.7, 10.0)


def test_no_signal_is_a_guess() -> None:
    assert rate(0.7, 0.0) == 0.5


def _simulated(index: float, energy: float, bits: int) -> float:
    """Share of wrong bits of complex FSK in white noise, detected by two envelope correlators."""
    samples, draws = 16, np.random.default_rng(20060607)
    sent = draws.integers(0, 2, bits)
    # Frequencies +-h/2 bit rates; sample instants in the middle of each step.
    instants = (np.arange(samples) + 0.5) / samples
    tones = np.exp(1j * np.pi * index * np.outer([-1.0, 1.0], instants))
    # A carrier phase of its own for every bit: the receiver does not know it.
    phases = np.exp(2j * np.pi * draws.random(bits))
    # Eb = 1; white noise of density N0 has N0 * samples a complex sample at unit bit time.
    deviation = np.sqrt(samples / energy / 2)
    noise = deviation * (
        draws.standard_normal((bits, samples)) + 1j * draws.standard_normal((bits, samples))
    )
    received = tones[sent] * phases[:, None] + noise
    decided = np.abs(received @ tones.conj().T).argmax(axis=1)
    return float(np.mean(decided != sent))
