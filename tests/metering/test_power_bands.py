import pytest

from emulator.metering.power_bands import PowerBand, PowerThresholds


@pytest.mark.parametrize(
    ("watts", "band"),
    [
        (0, PowerBand.LOW),
        (500, PowerBand.LOW),
        (501, PowerBand.MEDIUM),
        (2_000, PowerBand.MEDIUM),
        (2_001, PowerBand.HIGH),
    ],
)
def test_band_changes_above_a_threshold(watts: int, band: PowerBand) -> None:
    assert PowerThresholds(500, 2_000).band(watts) is band
