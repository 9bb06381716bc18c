"""Where in frequency a source puts its power: masks of standards, bands of noise, lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log, pi, sin
from typing import Final, Protocol

_Points = tuple[tuple[float, float], ...]
"""Pairs of Hz from the centre, outwards, and dB below the top."""


class Spectrum(Protocol):
    """How power spreads over frequency."""

    def share(self, low: float, high: float) -> float:
        """The share of the power that lies from `low` to `high`, Hz; 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class MaskSpectrum:
    """A signal that fills a mask, straight in dB between its points and equal on both sides.

    Args:
        centre: Hz.
        points: Hz from the centre and dB below the top, outwards; nothing lies beyond the last.
    """

    centre: float
    points: _Points

    def share(self, low: float, high: float) -> float:
        """As `Spectrum.share`, exact for the mask."""
        return _within(self.points, low - self.centre, high - self.centre) / _total(self.points)


def ofdm(centre: float, width: float = 20e6) -> MaskSpectrum:
    """Wi-Fi with OFDM, Hz (IEEE 802.11-2016 17.3.9.3 and 19.3.18.1): 0, -20, -28, -40 dBr.

    At 20 MHz: 0 dBr to 9 MHz, -20 at 11, -28 at 20, -40 at 30; wider channels in proportion.
    """
    half = width / 2
    points = ((0.0, 0.0), (half - 1e6, 0.0), (half + 1e6, 20.0), (width, 28.0), (1.5 * width, 40.0))
    return MaskSpectrum(centre, points)


def oqpsk(centre: float) -> MaskSpectrum:
    """A frame of 802.15.4 at 2.4 GHz: 2 MHz, 20 dB down 3.5 MHz away (2006, 6.5.3.1)."""
    points = ((0.0, 0.0), (0.75e6, 0.0), (1.5e6, 15.0), (3.5e6, 30.0), (10e6, 50.0))
    return MaskSpectrum(centre, points)


def gfsk(centre: float) -> MaskSpectrum:
    """A frame at 100 kb/s with 35 kHz deviation: most of it within 170 kHz (Carson)."""
    return MaskSpectrum(centre, ((0.0, 0.0), (70e3, 0.0), (100e3, 15.0), (200e3, 40.0)))


@dataclass(frozen=True, slots=True)
class DsssSpectrum:
    """Wi-Fi with DSSS: sinc^2 of 11 Mchip/s within 11 MHz, and the mask of 802.11b beyond.

    Beyond 11 MHz -30 dBr, beyond 22 MHz -50 dBr (IEEE 802.11-2016 15.4.5.5).

    Args:
        centre: Hz.
    """

    centre: float

    def share(self, low: float, high: float) -> float:
        """As `Spectrum.share`, in steps of 50 kHz."""
        return _dsss_share(low - self.centre, high - self.centre)


@dataclass(frozen=True, slots=True)
class FlatSpectrum:
    """Noise of equal density between two frequencies, Hz."""

    low: float
    high: float

    def share(self, low: float, high: float) -> float:
        """As `Spectrum.share`."""
        common = min(high, self.high) - max(low, self.low)
        return max(common, 0.0) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class LineSpectrum:
    """A carrier, a clock or a spur: all power at one frequency, Hz."""

    frequency: float

    def share(self, low: float, high: float) -> float:
        """As `Spectrum.share`."""
        return float(low <= self.frequency < high)


@dataclass(frozen=True, slots=True)
class MeasuredSpectrum:
    """A trace: density is straight between its points, and nothing is known beyond them.

    Args:
        frequencies: Hz, rising.
        densities: mW/Hz at each of them.
    """

    frequencies: tuple[float, ...]
    densities: tuple[float, ...]

    @property
    def power(self) -> float:
        """Of the whole trace, mW."""
        return self.power_between(self.frequencies[0], self.frequencies[-1])

    def power_between(self, low: float, high: float) -> float:
        """Power from `low` to `high` Hz, mW."""
        total = 0.0
        points = list(zip(self.frequencies, self.densities, strict=True))
        for (left, first), (right, second) in pairwise(points):
            begin, end = max(left, low), min(right, high)
            if begin < end:
                slope = (second - first) / (right - left)
                middle = first + slope * ((begin + end) / 2 - left)
                total += middle * (end - begin)
        return total

    def share(self, low: float, high: float) -> float:
        """As `Spectrum.share`."""
        power = self.power
        return self.power_between(low, high) / power if power > 0 else 0.0


def _within(points: _Points, low: float, high: float) -> float:
    """Power between two offsets from the centre, top times Hz."""
    if low < 0.0 < high:
        return _one_side(points, 0.0, -low) + _one_side(points, 0.0, high)
    near, far = sorted((abs(low), abs(high)))
    return _one_side(points, near, far)


def _one_side(points: _Points, near: float, far: float) -> float:
    return sum(_piece(first, second, near, far) for first, second in pairwise(points))


def _piece(
    first: tuple[float, float], second: tuple[float, float], near: float, far: float
) -> float:
    """The integral of 10^(-dB/10) from `near` to `far` over one straight piece of a mask."""
    (left, top), (right, bottom) = first, second
    begin, end = max(left, near), min(right, far)
    if begin >= end:
        return 0.0
    slope = (bottom - top) / (right - left)
    at_begin, at_end = (10 ** (-(top + slope * (each - left)) / 10) for each in (begin, end))
    if at_begin == at_end:
        return at_begin * (end - begin)
    return float((at_begin - at_end) / log(at_begin / at_end) * (end - begin))


@lru_cache(maxsize=256)
def _total(points: _Points) -> float:
    return 2 * _one_side(points, 0.0, points[-1][0])


_STEP: Final = 50e3
_CHIPS: Final = 11e6
_LAST: Final = 33e6


def _dsss_density(offset: float) -> float:
    away = abs(offset)
    if away >= 2 * _CHIPS:
        return 1e-5 if away < _LAST else 0.0
    if away >= _CHIPS:
        return 1e-3
    turn = pi * away / _CHIPS
    return max((sin(turn) / turn) ** 2, 1e-3) if turn else 1.0


def _sum(offsets: Iterable[float]) -> float:
    return sum(map(_dsss_density, offsets)) * _STEP


@lru_cache(maxsize=4096)
def _dsss_share(low: float, high: float) -> float:
    low, high = max(low, -_LAST), min(high, _LAST)
    if low >= high:
        return 0.0
    steps = max(round((high - low) / _STEP), 1)
    step = (high - low) / steps
    part = sum(_dsss_density(low + (index + 0.5) * step) for index in range(steps)) * step
    return min(part / _dsss_total(), 1.0)


@lru_cache(maxsize=1)
def _dsss_total() -> float:
    steps = round(2 * _LAST / _STEP)
    return _sum(-_LAST + (index + 0.5) * _STEP for index in range(steps))
