from math import log10, sqrt

import pytest

from emulator.rf_noise.traces.units import (
    LevelUnit,
    frequency_multiple,
    frequency_multiple_at_end,
    level_unit,
    level_unit_at_end,
    to_dbm,
)


def test_dbuv_is_a_voltage_across_50_ohm() -> None:
    volts = 10 ** (60 / 20) * 1e-6
    milliwatts = (volts / sqrt(50)) ** 2 * 1e3

    assert 60 + to_dbm(LevelUnit.DBUV, 1e5) == pytest.approx(10 * log10(milliwatts))
    assert to_dbm(LevelUnit.DBUV, 1e5) == pytest.approx(-106.9897, abs=1e-4)


def test_density_grows_by_the_noise_bandwidth() -> None:
    assert -174 + to_dbm(LevelUnit.DBM_PER_HZ, 1e5) == pytest.approx(-124)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("dBm", LevelUnit.DBM),
        ("DBUV", LevelUnit.DBUV),
        ("dBµV", LevelUnit.DBUV),
        ("dBmV", LevelUnit.DBMV),
        (" dBm/Hz ", LevelUnit.DBM_PER_HZ),
        ("V", None),
    ],
)
def test_units_of_level_are_read_as_instruments_spell_them(
    text: str, unit: LevelUnit | None
) -> None:
    assert level_unit(text) is unit


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("level_dbm", LevelUnit.DBM),
        ("Amplitude (dBuV)", LevelUnit.DBUV),
        ("trace 1 [dBm/Hz]", LevelUnit.DBM_PER_HZ),
        ("psd_dbm_per_hz", LevelUnit.DBM_PER_HZ),
        ("dBm", LevelUnit.DBM),
        ("level", None),
    ],
)
def test_columns_end_in_their_unit(name: str, unit: LevelUnit | None) -> None:
    assert level_unit_at_end(name) is unit


@pytest.mark.parametrize(
    ("name", "multiple"),
    [("frequency_hz", 1.0), ("Frequency (MHz)", 1e6), ("f/GHz", 1e9), ("kHz", 1e3), ("f", None)],
)
def test_columns_of_frequency_end_in_their_unit(name: str, multiple: float | None) -> None:
    assert frequency_multiple_at_end(name) == multiple


def test_units_of_frequency_are_told_from_other_words() -> None:
    assert frequency_multiple("MHz") == 1e6
    assert frequency_multiple("s") is None
