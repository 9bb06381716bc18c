from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.interference.sources import channel_edges
from emulator.radio.interference.spectra import (
    DsssSpectrum,
    FlatSpectrum,
    LineSpectrum,
    MeasuredSpectrum,
    Spectrum,
    gfsk,
    ofdm,
    oqpsk,
)
from emulator.radio.port import Channel

ONE, SIX, ELEVEN = 2_412e6, 2_437e6, 2_462e6


def decibels(spectrum: Spectrum, number: int) -> float:
    """The share in a channel at 2.4 GHz, dB."""
    return 10 * log10(spectrum.share(*channel_edges(Channel(0, number))))


@pytest.mark.parametrize(
    ("centre", "number", "share"),
    [
        # The overlap of the 20 MHz OFDM mask, evaluated independently.
        *((ONE, number, -9.8) for number in (11, 12, 13, 14)),
        (ONE, 15, -31.5),
        (SIX, 15, -30.6),
        (SIX, 20, -31.5),
        (ELEVEN, 20, -30.6),
        (ELEVEN, 25, -31.5),
        (ELEVEN, 26, -35.9),
    ],
)
def test_part_of_ofdm_in_a_zigbee_channel(centre: float, number: int, share: float) -> None:
    assert decibels(ofdm(centre), number) == pytest.approx(share, abs=0.15)


def test_part_of_dsss_in_a_zigbee_channel() -> None:
    overlapped = [decibels(DsssSpectrum(ONE), number) for number in (11, 12, 13, 14)]

    assert max(overlapped) == pytest.approx(-7.5, abs=0.4)
    assert min(overlapped) == pytest.approx(-16, abs=1)
    for centre, number in ((ONE, 15), (SIX, 20), (ELEVEN, 25)):
        assert decibels(DsssSpectrum(centre), number) == pytest.approx(-37, abs=0.6)


def test_wide_wifi_fills_channels_that_planning_leaves_free() -> None:
    narrow, wide = ofdm(ONE), ofdm(ONE + 10e6, 40e6)

    assert decibels(wide, 16) > decibels(narrow, 16) + 15
    assert decibels(wide, 12) < decibels(narrow, 12)


SPECTRA: list[Spectrum] = [
    ofdm(ONE),
    ofdm(SIX, 40e6),
    DsssSpectrum(ONE),
    oqpsk(2_425e6),
    gfsk(868.3e6),
    FlatSpectrum(2_400e6, 2_483e6),
    MeasuredSpectrum((2.40e9, 2.42e9, 2.47e9), (1e-9, 5e-9, 2e-9)),
]


@pytest.mark.parametrize("spectrum", SPECTRA)
def test_all_power_lies_somewhere(spectrum: Spectrum) -> None:
    assert spectrum.share(1e6, 10e9) == pytest.approx(1, rel=1e-3)
    assert spectrum.share(5e9, 6e9) == 0


@given(st.sampled_from(SPECTRA), st.lists(st.floats(2.38e9, 2.5e9), min_size=3, max_size=3))
def test_shares_of_neighbouring_bands_add_up(spectrum: Spectrum, edges: list[float]) -> None:
    low, middle, high = sorted(edges)

    parts = spectrum.share(low, middle) + spectrum.share(middle, high)

    assert parts == pytest.approx(spectrum.share(low, high), rel=0.02, abs=2e-3)


def test_line_is_in_one_band_only() -> None:
    line = LineSpectrum(868.3e6)

    assert line.share(868.2e6, 868.4e6) == 1
    assert line.share(868.4e6, 868.6e6) == 0


def test_trace_is_integrated_between_its_points() -> None:
    trace = MeasuredSpectrum((100.0, 200.0, 300.0), (1.0, 3.0, 1.0))

    assert trace.power == pytest.approx(400)
    assert trace.power_between(150, 200) == pytest.approx(125)
    assert trace.share(0, 200) == pytest.approx(0.5)
    assert MeasuredSpectrum((1.0, 2.0), (0.0, 0.0)).share(1, 2) == 0
