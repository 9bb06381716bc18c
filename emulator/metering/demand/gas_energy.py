"""Gas volume as energy: volume correction and calorific value (SMETS2 4.6.4, GBCS GCS23).

Kilowatt hours = cubic metres x conversion factor x calorific value / 3.6. All in whole numbers:
factor and value in hundred-thousandths, as meters hold them.
"""

from typing import Final

from emulator.kernel.errors import UsageError

PARTS: Final = 100_000
CONVERSION_FACTOR: Final = 102_264
"""Volume correction, 1.02264 (Gas (Calculation of Thermal Energy) Regulations 1996)."""
CALORIFIC_VALUE: Final = 3_950_000
"""39.5 MJ a cubic metre: an example, of the order of what the network publishes."""
_MEGAJOULES: Final = 36
"""Tenths of a megajoule in a kilowatt hour."""


def watt_hours(litres: int, factor: int = CONVERSION_FACTOR, value: int = CALORIFIC_VALUE) -> int:
    """Whole watt hours in a volume, rounded half up.

    Args:
        litres: the volume.
        factor: conversion factor, hundred-thousandths.
        value: calorific value, hundred-thousandths of a megajoule a cubic metre.

    Raises:
        UsageError: when a value is not positive.
    """
    _check(factor, value)
    return _rounded(litres * factor * value * 10, _MEGAJOULES * PARTS * PARTS)


def litres(energy: int, factor: int = CONVERSION_FACTOR, value: int = CALORIFIC_VALUE) -> int:
    """Whole litres that give so many watt hours, rounded half up.

    Raises:
        UsageError: when a value is not positive.
    """
    _check(factor, value)
    return _rounded(energy * _MEGAJOULES * PARTS * PARTS, factor * value * 10)


def _check(factor: int, value: int) -> None:
    if factor <= 0 or value <= 0:
        raise UsageError(f"conversion factor {factor}, calorific value {value}: expected above 0")


def _rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
