"""A trace as power over frequency: noise by its density, and lines that have no bandwidth.

Noise grows with the bandwidth that takes it in, a line does not. Within a channel the noise is
the sum of 10^(level/10) df / (RBW k), with k the noise bandwidth of the filter by its RBW; a line
adds what it has above the noise beside it, once.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from emulator.rf_noise.traces.trace import Series, Trace

_SURROUNDINGS: Final = 30
"""RBWs over which the median is taken that a line stands out of."""
_FEWEST: Final = 11
"""Points of that median at least."""
_WIDEST_LINE: Final = 4
"""RBWs; what is wider 10 dB up is a hump of noise."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line.

    Args:
        frequency: Hz.
        power: mW above the noise beside it.
    """

    frequency: float
    power: float


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """A trace, parted into noise and lines.

    Args:
        trace: what it is of.
        density: mW in each Hz at the frequencies of the trace, without lines.
        lines: in order of frequency.
    """

    trace: Trace
    density: Series
    lines: tuple[Line, ...]
    _below: Series
    """Noise in mW from the first point to each."""

    def covers(self, low: float, high: float) -> bool:
        """Whether the trace shows all from `low` to `high` Hz."""
        first, last = self.trace.span
        return first <= low and high <= last

    def noise(self, low: Series, high: Series) -> Series:
        """Noise in mW from each `low` to the `high` beside it, Hz, within the trace."""
        at = self.trace.frequencies
        between: Series = np.interp(high, at, self._below) - np.interp(low, at, self._below)
        return between

    def line_power(self, low: Series, high: Series) -> Series:
        """Power of the lines in mW from each `low` to the `high` beside it, Hz."""
        total = np.zeros(len(low))
        for line in self.lines:
            total += np.where((low <= line.frequency) & (line.frequency < high), line.power, 0.0)
        return total


def spectrum_of(trace: Trace, threshold: float) -> Spectrum:
    """A trace parted into noise and lines.

    Args:
        trace: levels in dBm.
        threshold: dB above its surroundings from which a narrow peak is a line.
    """
    around = _surroundings(trace)
    levels = trace.levels.copy()
    lines = []
    for start, stop in _peaks(trace.levels - around > threshold):
        width = trace.frequencies[stop - 1] - trace.frequencies[start]
        if width > _WIDEST_LINE * trace.rbw:
            continue
        top = start + int(np.argmax(trace.levels[start:stop]))
        power = 10 ** (trace.levels[top] / 10) - 10 ** (around[top] / 10)
        lines.append(Line(float(trace.frequencies[top]), float(power)))
        # The skirts of the filter around a line are the line again, not noise.
        reach = np.abs(trace.frequencies - trace.frequencies[top]) <= 2 * trace.rbw
        levels[reach] = np.minimum(levels[reach], around[reach])
        levels[start:stop] = around[start:stop]
    density = 10 ** (levels / 10) / trace.enbw
    steps = np.diff(trace.frequencies) * (density[1:] + density[:-1]) / 2
    return Spectrum(trace, density, tuple(lines), np.concatenate(([0.0], np.cumsum(steps))))


def _surroundings(trace: Trace) -> Series:
    """The median of the levels around each point, dBm."""
    count = len(trace.levels)
    step = (trace.span[1] - trace.span[0]) / (count - 1)
    wanted = max(_FEWEST, round(_SURROUNDINGS * trace.rbw / step))
    half = min(wanted // 2, (count - 1) // 2)
    padded = np.pad(trace.levels, half, mode="reflect") if half else trace.levels
    median: Series = np.median(sliding_window_view(padded, 2 * half + 1), axis=1)
    return median


def _peaks(above: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[tuple[int, int]]:
    """First point and the one after the last of each run of points that stand out."""
    edges = np.diff(np.concatenate(([False], above, [False])).astype(np.int8))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(start), int(stop)) for start, stop in zip(starts, stops, strict=True)]
