from emulator.rf_noise.bands import ANNEX_F, band_named
from emulator.rf_noise.limits.margins import margins
from emulator.rf_noise.pictures.spectrum import spectrum_picture
from tests.rf_noise.limits.test_margins import LIMITS
from tests.rf_noise.traces.spectra import flat

BAND = next(band for band in ANNEX_F if band.name == "868 MHz")


def test_picture_tells_band_verdict_and_clause() -> None:
    trace = flat(862e6, 877e6, -85)
    (margin,) = margins([trace], LIMITS)

    picture = spectrum_picture(BAND, [trace], LIMITS.bands[0], margin, LIMITS.name)

    assert picture.title == "Spectrum at 868 MHz with its mask: fail"
    assert "5.0 dB above the mask" in picture.caption
    assert "F.8.0" in picture.caption


def test_without_limits_nothing_is_judged() -> None:
    band = band_named("2.4 GHz")
    assert band is not None

    picture = spectrum_picture(band, [flat(2400e6, 2484e6, -100)], None, None)

    assert picture.title == "Spectrum at 2.4 GHz, without limits"
    assert "nothing is judged" in picture.caption


def test_trace_of_many_points_makes_a_small_picture() -> None:
    picture = spectrum_picture(BAND, [flat(862e6, 877e6, -85, step=100)], None, None)

    assert len(picture.svg) < 400_000
