from dataclasses import replace

import numpy as np
import pytest

from emulator.rf_noise.limits.limits import BandLimit, Scale
from emulator.rf_noise.traces.trace import Detector
from emulator.rf_noise.traces.units import LevelUnit

BAND = BandLimit(
    name="868 MHz",
    edges=(800e6, 900e6),
    points=((800e6, -90.0), (850e6, -90.0), (850e6, -80.0), (900e6, -60.0)),
    unit=LevelUnit.DBM,
    scale=Scale.LINEAR,
    rbw=1e5,
    vbw=None,
    detector=Detector.RMS,
)


def at(band: BandLimit, frequency: float, enbw: float = 1e5) -> float:
    return float(band.at(np.array([frequency]), enbw)[0])


def test_mask_is_straight_between_its_points() -> None:
    assert at(BAND, 875e6) == pytest.approx(-70)


def test_lower_limit_holds_at_a_step() -> None:
    assert at(BAND, 850e6) == -90
    assert at(BAND, 850e6 + 10) == pytest.approx(-80, abs=1e-3)


def test_mask_can_be_straight_along_the_logarithm_of_frequency() -> None:
    middle = (850e6 * 900e6) ** 0.5

    assert at(replace(BAND, scale=Scale.LOG), middle) == pytest.approx(-70, abs=1e-6)


def test_density_limit_grows_with_the_noise_bandwidth() -> None:
    band = replace(BAND, unit=LevelUnit.DBM_PER_HZ, points=((800e6, -144.0), (900e6, -144.0)))

    assert at(band, 850e6, 1e5) == pytest.approx(-94)


def test_voltage_limit_becomes_a_power() -> None:
    band = replace(BAND, unit=LevelUnit.DBUV, points=((800e6, 7.0), (900e6, 7.0)))

    assert at(band, 850e6) == pytest.approx(-99.99, abs=0.01)
