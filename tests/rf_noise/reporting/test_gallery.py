import pytest

from emulator.rf_noise.findings import examine
from emulator.rf_noise.reporting.gallery import gallery
from tests.rf_noise.checks import check_of
from tests.rf_noise.reporting.test_document import failed
from tests.rf_noise.traces.spectra import flat


@pytest.mark.slow
def test_every_band_measured_has_its_spectrum_and_then_come_channels_curves_and_homes() -> None:
    titles = [picture.title for picture in gallery(failed())]

    assert titles[0] == "Spectrum at 900 MHz, without limits"
    assert titles[1] == "Spectrum at 868 MHz with its mask: fail"
    assert [title.split()[0] for title in titles[2:]] == ["Channel", "Lost", "1,000"]


def test_wan_alone_has_neither_channels_nor_curves() -> None:
    titles = [picture.title for picture in gallery(examine(check_of(flat(925e6, 960e6, -90))))]

    assert [title.split()[0] for title in titles] == ["Spectrum", "1,000"]
