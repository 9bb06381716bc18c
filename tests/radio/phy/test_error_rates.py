from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.phy.error_rates import packet_error_rate, required_snr, success_rate
from emulator.radio.phy.gfsk import GfskErrorRates
from emulator.radio.phy.oqpsk import OqpskErrorRates

RATES = OqpskErrorRates()


@pytest.mark.parametrize(("bits", "decibels"), [(160, 0.403), (176, 0.442), (208, 0.509)])
def test_ratio_at_which_one_frame_in_a_hundred_is_lost(bits: int, decibels: float) -> None:
    assert 10 * log10(required_snr(RATES, bits)) == pytest.approx(decibels, abs=0.001)


@pytest.mark.parametrize(("index", "decibels"), [(0.5, 16.2), (0.7, 13.9), (1.0, 12.5)])
def test_energy_at_which_one_gfsk_frame_in_a_hundred_is_lost(index: float, decibels: float) -> None:
    assert 10 * log10(required_snr(GfskErrorRates(index, 1.0))) == pytest.approx(decibels, abs=0.06)


@given(st.floats(0.001, 100), st.integers(1, 1100))
def test_lost_and_received_make_up_all(snr: float, bits: int) -> None:
    success = success_rate(RATES, snr, bits)

    assert 0 <= success <= 1
    assert success + packet_error_rate(RATES, snr, bits) == pytest.approx(1)
    assert success >= success_rate(RATES, snr, bits + 1)


def test_small_shares_of_lost_frames_are_not_rounded_away() -> None:
    snr = 10**0.4

    assert packet_error_rate(RATES, snr, 1000) == pytest.approx(
        1000 * RATES.bit_error_rate(snr), rel=1e-4
    )
