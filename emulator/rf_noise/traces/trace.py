"""A trace: what an analyser showed, in dBm within its resolution bandwidth, and how."""

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Series: TypeAlias = NDArray[np.float64]
"""Numbers over frequency, or over homes."""


class Detector(Enum):
    """How the analyser makes one level of everything that fell on a point."""

    RMS = "rms"
    SAMPLE = "sample"
    AVERAGE = "average"
    PEAK = "peak"
    QUASI_PEAK = "quasi-peak"
    NEGATIVE_PEAK = "negative peak"


class TraceMode(Enum):
    """How sweeps make one trace."""

    CLEAR_WRITE = "clear/write"
    AVERAGE = "average"
    MAX_HOLD = "max hold"
    MIN_HOLD = "min hold"


DOUBTS: Final = {
    Detector.PEAK: "peak detector: desense is overstated, by 10 to 12 dB for noise",
    Detector.QUASI_PEAK: "quasi-peak detector: desense is overstated",
    Detector.AVERAGE: "average detector: noise reads low, by 1.05 dB (linear) or 2.51 dB (log)",
    Detector.NEGATIVE_PEAK: "negative-peak detector: desense is understated",
    TraceMode.MAX_HOLD: "max hold: desense is overstated",
    TraceMode.MIN_HOLD: "min hold: desense is understated",
}
"""Why a power that is computed from such a trace is not the power that was there."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """Levels over frequency.

    Args:
        source: the file, as the user named it.
        name: what the file calls the trace.
        frequencies: Hz, rising, two or more.
        levels: dBm in the resolution bandwidth, at the input of the analyser.
        rbw: resolution bandwidth in Hz, as the instrument states it.
        enbw_factor: equivalent noise bandwidth of the filter by `rbw`.
        filter_name: what that factor holds for.
        vbw: video bandwidth in Hz, None where the file is silent.
        detector: None where the file is silent.
        mode: None where the file is silent.
        instrument: who took it.
        row: where it begins in the file.
    """

    source: str
    name: str
    frequencies: Series
    levels: Series
    rbw: float
    enbw_factor: float
    filter_name: str
    vbw: float | None = None
    detector: Detector | None = None
    mode: TraceMode | None = None
    instrument: str = ""
    row: int = 1

    @property
    def label(self) -> str:
        """File and trace, for people."""
        return f"{PurePath(self.source).name}, {self.name}"

    @property
    def enbw(self) -> float:
        """The equivalent noise bandwidth of the resolution filter in Hz."""
        return self.rbw * self.enbw_factor

    @property
    def span(self) -> tuple[float, float]:
        """First and last frequency in Hz."""
        return float(self.frequencies[0]), float(self.frequencies[-1])

    @property
    def doubts(self) -> tuple[str, ...]:
        """What must be said of every power computed from it."""
        told = [DOUBTS[each] for each in (self.detector, self.mode) if each in DOUBTS]
        if self.detector is None:
            told.append("the file names no detector: rms is assumed")
        step = float(np.max(np.diff(self.frequencies)))
        if step > 2 * self.rbw:
            told.append(
                f"points are {step / 1e3:g} kHz apart and the RBW is {self.rbw / 1e3:g} kHz: "
                "lines between them are missed"
            )
        return tuple(told)
