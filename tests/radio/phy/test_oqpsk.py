import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import binomial, exp, mp, mpf

from emulator.radio.phy.oqpsk import OqpskErrorRates

RATES = OqpskErrorRates()

NS3 = [
    # nsnam/ns-3-dev-git, lr-wpan-error-model-test.cc: SNR dB, BER, tolerance.
    (5.0, 7.38e-14, 0.01e-14),
    (2.0, 5.13e-7, 0.01e-7),
    (-1.0, 0.00114, 1e-5),
    (-4.0, 0.0391, 1e-4),
    (-7.0, 0.175, 1e-3),
]


def annex_e(snr: float) -> float:
    """The formula of Annex E.4.1.8 with 60 digits."""
    with mp.workdps(60):
        total = sum(
            mpf(-1) ** k * binomial(16, k) * exp(20 * mpf(snr) * (mpf(1) / k - 1))
            for k in range(2, 17)
        )
        return float(mpf(8) / 15 / 16 * total)


@given(st.floats(-20, 5))
def test_bit_error_rate_is_the_formula_to_nine_digits(decibels: float) -> None:
    snr = 10 ** (decibels / 10)

    assert RATES.bit_error_rate(snr) == pytest.approx(annex_e(snr), rel=1e-9)


def test_nine_digits_hold_down_to_1e_13() -> None:
    snr = 10**0.5

    assert annex_e(snr) < 1e-13
    assert RATES.bit_error_rate(snr) == pytest.approx(annex_e(snr), rel=1e-9)


@pytest.mark.parametrize(("decibels", "rate", "tolerance"), NS3)
def test_points_that_ns_3_publishes(decibels: float, rate: float, tolerance: float) -> None:
    assert RATES.bit_error_rate(10 ** (decibels / 10)) == pytest.approx(rate, abs=tolerance)


def test_no_signal_is_a_guess_and_a_strong_one_has_no_errors() -> None:
    assert RATES.bit_error_rate(0.0) == 0.5
    assert RATES.bit_error_rate(-1.0) == 0.5
    assert RATES.bit_error_rate(1e6) == 0.0
